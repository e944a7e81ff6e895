//! The menu, the list of people, and new accounts.
super::texts! {
    TITLE = "利用者", "Staff";
    MENU_TITLE = "メニュー", "Menu";
    MENU_WORKLIST = "受付一覧", "Worklist";
    MENU_OUTBOX = "送付箱", "Outbox";
    MENU_DESTINATIONS = "送り先台帳", "Destination register";
    MENU_REVIEW = "利用記録の点検", "Review of the access log";
    MENU_STAFF = "利用者", "Staff";
    MENU_HOME_CARE = "在宅療養 返答待ち・実績", "Home care: waiting, results";
    MENU_INSTITUTIONS = "医療機関台帳", "Register of institutions";
    MENU_KEYS = "キー操作を切り替える", "Switch the keymap";
    MENU_LOCK = "画面を閉じる(ロック)", "Lock the screen";
    MENU_QUIT = "終了", "Quit";
    MENU_HOW = "番号を押すか、行を選んで Enter を押してください。", "Press a number, or choose a row and press Enter.";
    LEAVING = "利用を終わっています", "Signing out";

    CLERK = "入力", "entry";
    CONFIRMER = "確認", "confirming";
    SUPERVISOR = "点検", "review";
    ADMINISTRATOR = "管理", "administration";
    PROPOSED = "承認待ち", "to approve";
    INVITED = "初回待ち", "invited";
    ACTIVE = "使用中", "active";
    SUSPENDED = "停止", "suspended";

    NUMBER = "番号", "No.";
    NAME = "氏名", "Name";
    SECTION = "所属", "Section";
    ROLES = "役割", "Roles";
    LAST_SIGN_IN = "最終利用", "Last use";
    STATUS = "状態", "Status";
    NEVER = "-", "-";
    /// {0} active, {1} waiting, {2} suspended.
    COUNTS = "使用中 {0}  待ち {1}  停止 {2}", "active {0}  waiting {1}  suspended {2}";
    /// {0} number of rows.
    ROWS = "{0} 件", "{0} rows";
    LOADING = "読み込んでいます", "Loading";
    ADD = "追加", "add";
    APPROVE = "承認", "approve";
    SUSPEND = "停止", "suspend";
    BACK = "戻る", "back";
    TWO_NEEDED = "追加は別の管理者の承認が要ります", "Another administrator has to approve additions";
    /// {0} number and name of the administrator.
    PROPOSED_BY = "{0} が追加しました。別の管理者が A で承認すると使えます。",
        "Entered by {0}. Another administrator approves it with A.";
    NOT_PROPOSED = "承認を待っている行ではありません。", "This row does not wait for approval.";
    ALREADY_SUSPENDED = "すでに停止しています。", "Already suspended.";
    APPROVED = "承認しました。24時間以内に、本人が仮パスワードで利用開始してください。",
        "Approved. The person has to sign in with the initial password within 24 hours.";
    IS_SUSPENDED = "停止しました。", "Suspended.";
    NOBODY_THERE = "利用が終わっています。画面を閉じて、もう一度利用開始してください。",
        "Your session has ended. Lock the screen and sign in again.";
    /// {0} number and name.
    ASK_SUSPEND = "{0} の利用を停止しますか。", "Suspend {0}?";
    ASK_SUSPEND_MORE = "次の操作から使えなくなります。その人が関わる未送付の合意も無効になります。",
        "It takes effect at the next act and voids agreements that have not left.";
    /// {0} number and name, {1} roles.
    ASK_APPROVE = "{0}({1})を承認しますか。", "Approve {0} ({1})?";
    ASK_APPROVE_MORE = "本人と役割を書面で確かめてください。", "Check the person and the roles against the paper.";
    YES_SUSPEND = "停止する", "Suspend";
    YES_APPROVE = "承認する", "Approve";
    NO = "やめる", "Leave it";

    FORM_TITLE = "利用者の追加", "New account";
    STAFF_NUMBER = "職員番号", "Staff number";
    NUMBER_NOTE = "1から8桁の数字", "1 to 8 digits";
    ROLES_NOTE = "数字で付け外し", "digits set and clear";
    SAME_PERSON = "同じ人の番号", "Same person as";
    SAME_PERSON_NOTE = "別の番号を持つ人だけ", "only for a second account";
    SAVE = "登録", "save";
    FORM_HOW = "同じ人の 2 つの番号は、2 人とは数えません。", "Two accounts of one person never count as two people.";
    SAME_PERSON_UNKNOWN = "「同じ人の番号」の職員がいません。番号を確かめてください。",
        "There is nobody with the number in \"same person as\". Check it.";

    INITIAL_TITLE = "仮パスワード", "Initial password";
    /// {0} number and name.
    INITIAL_FOR = "{0} の仮パスワード", "Initial password of {0}";
    INITIAL_HOW_1 = "書き取って、本人に手渡してください。二度と表示しません。",
        "Write it down and hand it over in person. It is never shown again.";
    INITIAL_HOW_2 = "別の管理者が承認したあと、24時間以内に 1 回だけ使えます。",
        "Valid once, within 24 hours, after another administrator has approved it.";
    INITIAL_HOW_3 = "0 と o、1 と l と i は使っていません。", "There is no 0, o, 1, l or i in it.";
    INITIAL_CLOSE = "書き取ったら Enter で閉じる", "Enter closes when it is written down";
}
