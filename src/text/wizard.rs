//! The first start: office, two supervisors, three envelopes.
super::texts! {
    TITLE = "初期設定", "Set-up";
    /// {0} step, {1} steps.
    STEP = "{0}/{1}", "{0}/{1}";
    BEGINNING = "準備しています", "Preparing";
    SAVING = "書き込んでいます。終わるまで電源を切らないでください。", "Writing. Do not switch off.";
    DONE = "初期設定が終わりました。最初の 2 名で利用開始してください。",
        "The set-up is complete. The first two people can sign in.";
    NEXT = "次へ", "next";
    BACK = "前へ", "back";
    LEAVE = "やめる", "leave";
    WRITE = "書き込む", "write";

    OFFICE_TITLE = "役所の名前", "Name of the office";
    OFFICE = "名前", "Name";
    OFFICE_MISSING = "役所の名前を入れてください。", "Enter the name of the office.";
    OFFICE_HOW = "この端末に新しい記録の置き場を作ります。途中でやめると何も残りません。",
        "This makes a new place for records. If you leave, nothing stays behind.";
    OFFICE_NEEDS = "用意するもの: 点検者になる 2 名、認証アプリ 2 つ、紙と封筒 3 組。30 分ほどかかります。",
        "You need two supervisors, two authenticator apps, and three sheets and envelopes. It takes half an hour.";

    /// {0} first or second.
    PERSON_TITLE = "{0} 人目の点検者", "Supervisor {0}";
    PERSON_HOW = "最初の 2 名は、点検と管理の役割を持ちます。別の人が本人の手で入れてください。",
        "The first two review and administer. Each enters their own data.";
    STAFF_NUMBER = "職員番号", "Staff number";
    NAME = "氏名", "Name";
    SECTION = "所属", "Section";
    PASSWORD = "パスワード", "Password";
    AGAIN = "もう一度", "Again";
    TOKEN_TITLE = "確認コードの登録", "One-time codes";
    CODE_STALE = "確認コードが違います。いま表示されているコードを入れてください。",
        "The code is wrong. Enter the one that is shown now.";

    /// {0} name of the envelope.
    ENVELOPE_TITLE = "「{0}」の封筒", "Envelope \"{0}\"";
    RECOVERY = "復旧", "Recovery";
    BACKUP = "控え", "Backup";
    AUDITOR = "監査", "Auditor";
    RECOVERY_FOR = "だれも利用開始できなくなったときに、記録を開く鍵です。", "Opens the records when nobody can sign in any more.";
    BACKUP_FOR = "控え(バックアップ)を開く鍵です。", "Opens the backups.";
    AUDITOR_FOR = "利用記録が書き換えられていないことを確かめる鍵です。", "Proves that the access log was not altered.";
    WRITE_DOWN_1 = "次の文字を紙に書き取ってください。先頭の語と、4 文字ずつの 15 組です。",
        "Write this down: the word at the beginning and the 15 groups.";
    WRITE_DOWN_2 = "書き取ったら、次の画面で 2 組を確かめます。", "The next page asks for two of the groups.";
    WRITE_DOWN_3 = "封筒に入れ、封をして日付と 2 名の署名を書き、別々の場所に保管してください。",
        "Seal it, write the date and two signatures on it, and keep the three in different places.";
    WRITE_DOWN_4 = "この端末には残りません。写真に撮らないでください。", "It does not stay on this machine. Take no photograph.";
    /// {0} name of the envelope.
    CHECK_TITLE = "「{0}」の確かめ", "Checking \"{0}\"";
    CHECK_HOW = "紙を見て、次の番号の組を入れてください。大文字でも小文字でもかまいません。",
        "Enter the groups with these numbers from the paper. Case does not matter.";
    /// {0} number of the group.
    GROUP = "{0} 番の組", "Group {0}";
    GROUPS_WRONG = "紙と一致しません。紙を直すときは F3 で前の画面に戻ってください。",
        "That does not agree. To correct the paper go back with F3.";

    SUMMARY_TITLE = "内容の確かめ", "Summary";
    /// {0} number, {1} name, {2} section.
    SUMMARY_PERSON = "{0}  {1}  {2}  点検・管理", "{0}  {1}  {2}  review, administration";
    SUMMARY_OFFICE = "役所", "Office";
    SUMMARY_PEOPLE = "点検者", "Supervisors";
    SUMMARY_ENVELOPES = "封筒", "Envelopes";
    SUMMARY_ALL = "復旧・控え・監査(3 通とも確かめ済み)", "recovery, backup, auditor (all checked)";
    SUMMARY_HOW = "よければ F12 で書き込みます。直すときは F3 で戻ります。", "F12 writes, F3 goes back.";

    ASK_LEAVE = "初期設定をやめますか。", "Leave the set-up?";
    ASK_LEAVE_MORE = "入れたものは残りません。", "Nothing that was entered stays.";
    YES_LEAVE = "やめる", "Leave";
    NO_GO_ON = "続ける", "Go on";
    SLIP_TITLE = "最初の控え", "First slip";
    /// {0} which log, {1} size.
    SLIP_OF = "{0}  件数 {1}", "{0}  size {1}";
    SLIP_WORDS = "この 14 組を紙に書き写し、3 つの封筒といっしょに保管してください。利用記録がまるごと差し替えられても、この紙が見つけます。個人情報は含みません。後からは uketsuke audit checkpoint --size 1 で出せます。", "Copy these 14 groups to paper and keep them with the three envelopes. If the whole log were replaced, this paper would show it. Nothing personal is in it. Later: uketsuke audit checkpoint --size 1";
}
