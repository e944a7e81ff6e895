//! Sentences of the command line.
super::texts! {
    TRAINING = "訓練", "Training";
    NO_HOME = "データの場所が分かりません。--home DIR で示してください。", "No data directory is known. Name one with --home DIR.";
    OFFICE_LOST = "処理が止まったため終わりました。入力は項目ごとに保存されています。もう一度起動してください。", "The program had to stop. What was typed is saved item by item. Start it again.";
    USAGE = "コマンドの書き方が違います。uketsuke --help を見てください。", "Wrong usage. See uketsuke --help.";
    /// {0} one of our own arguments.
    USAGE_OF = "{0} の書き方が違うか、足りません。uketsuke --help を見てください。", "{0} is wrong or missing. See uketsuke --help.";
    /// {0} arguments, {1} what they are, {2} how it is written.
    USAGE_MISSING = "{0} がありません: {1}。書き方: {2}", "{0} is missing: {1}. Write: {2}";

    // Files: {0} the file, {1} the line
    FILE_UNREADABLE = "{0} を読めません。場所と権限を確かめてください。", "{0} cannot be read. Check its place and permissions.";
    FILE_NOT_PRIVATE = "{0} を他の利用者も読めます。chmod 600 で自分だけにしてください。", "Others can read {0}. Make it yours alone with chmod 600.";
    FILE_SYNTAX = "{0} の {1} 行目が TOML として読めません。引用符、かっこ、= を見直してください。", "{0}:{1}: not valid TOML. Check quotes, brackets and =.";
    FILE_UNKNOWN_KEY = "{0} の {1} 行目に知らない項目があります。消すか、つづりを直してください。", "{0}:{1}: unknown key. Remove it or correct its spelling.";
    FILE_MISSING_KEY = "{0} の {1} 行目から始まる部分に項目が足りません。書き足してください。", "{0}:{1}: a key is missing in the part that begins here. Add it.";
    FILE_BAD_VALUE = "{0} の {1} 行目の値が使えません。型と範囲を直してください。", "{0}:{1}: the value cannot be used. Correct its type or range.";
    FILE_CHECK_DIGIT = "{0} の {1} 行目の市区町村コードは検査数字が合いません。6 桁のコードを見直してください。", "{0}:{1}: the check digit of the municipality code is wrong. Check its six digits.";
    FILE_NO_SUCH_MUNICIPALITY = "{0} の {1} 行目の市区町村コードは表にありません。uketsuke postal municipality 名前 で調べてください。", "{0}:{1}: no such municipality. Look it up with uketsuke postal municipality NAME.";
    FILE_NO_RELAY = "{0} の {1} 行目のメールには中継が要ります。[courier.mail] を書いてください。", "{0}:{1}: mail needs a relay. Write [courier.mail].";

    // Signing in
    SIGN_IN_NEEDED = "利用開始が要ります。端末で実行するか、--sign-in FILE で示してください。", "Signing in is needed. Run this on a terminal or name a file with --sign-in FILE.";
    MUST_ENROL = "初回の利用開始は画面で行ってください (uketsuke)。", "Sign in for the first time on the screen (uketsuke).";
    TERMINAL_LOST = "端末とのやり取りが切れました。もう一度実行してください。", "The terminal is gone. Run it again.";
    ASK_NUMBER = "職員番号", "Staff number";
    ASK_PASSWORD = "パスワード (表示されません)", "Password (not shown)";
    ASK_CODE = "確認コード (表示されません)", "Code (not shown)";

    // Set-up
    INIT_DONE = "初期設定が済みました。次の3つの鍵は今だけ表示します。", "Set up. These three keys are shown only now.";
    ENVELOPE_RECOVERY = "復旧の封筒", "Recovery envelope";
    ENVELOPE_BACKUP = "控えの封筒", "Backup envelope";
    ENVELOPE_AUDITOR = "監査の封筒", "Auditor's envelope";
    /// {0} staff number, {1} secret.
    INIT_TOKEN = "職員 {0} の確認コードの鍵: {1}", "TOTP secret of {0}: {1}";
    INIT_KEEP = "紙に写し、別々の人が別々の場所に保管してください。", "Write them down; different people keep them in different places.";

    // Records
    /// {0} all, {1} shown.
    COUNT_OF = "全 {0} 件、うち {1} 件を表示", "{0} in all, {1} shown";
    /// {0} lines.
    COUNT = "{0} 件", "{0} lines";
    /// {0} version, {1} time, {2} editor, {3} ID.
    RECORD_HEAD = "第 {0} 版  {1}  {2}  {3}", "version {0}  {1}  {2}  {3}";
    /// {0} number.
    REGISTERED = "受付 {0} を登録しました。", "Registered as {0}.";
    /// {0} number, {1} pages.
    PREPARED = "送付 {0} ({1} 枚) を準備しました。別の職員の確認を待っています。", "Transmission {0} ({1} pages) is prepared and waits for a colleague.";
    RECEIVED_FORMAT = "--received は 2026-07-14T09:12:00+09:00 の形で書いてください。", "Write --received like 2026-07-14T09:12:00+09:00.";
    CHANNEL_FAX = "ファクス", "fax";
    CHANNEL_PHONE = "電話", "phone";
    CHANNEL_PAPER = "紙", "paper";
    CHANNEL_FILE = "ファイル", "file";
    CHANNEL_OWN = "当所作成", "own office";
    STATE_DRAFT_MINE = "入力中", "draft";
    STATE_DRAFT_OTHER = "他者入力中", "draft of another";
    STATE_REGISTERED = "登録済", "registered";
    STATE_AWAITING = "確認待ち", "awaiting";
    STATE_CONFIRMED = "確認済", "confirmed";
    STATE_QUEUED = "送信待ち", "queued";
    STATE_DISPATCHING = "送信中", "dispatching";
    STATE_SENT = "送信済", "sent";
    STATE_ACKNOWLEDGED = "到達確認済", "acknowledged";
    STATE_FAILED = "送信失敗", "failed";
    STATE_UNCERTAIN = "結果不明", "uncertain";
    STATE_RETURNED = "差し戻し", "returned";
    STATE_WITHDRAWN = "取り下げ", "withdrawn";
    STATE_VOID = "無効", "void";

    // Confirming
    ANSWERS_NEEDED = "照合の答えが要ります。端末で実行するか、--answers FILE で示してください。", "Answers are needed. Run this on a terminal or name a file with --answers FILE.";
    ASK_BIRTH_DATE = "紙の生年月日 (表示されません)", "Birth date on the paper (not shown)";
    ASK_RECORD_NUMBER = "紙の受付番号 (表示されません)", "Reception number on the paper (not shown)";
    ASK_ADDRESS = "台帳の宛先 (表示されません)", "Address in the paper register (not shown)";
    ASK_PAGES = "枚数 (表示されません)", "Sheets (not shown)";
    /// {0} attempts left.
    NO_MATCH_LEFT = "一致しません。紙を見直してください。残り {0} 回", "No match. Look at the paper again. Attempts left: {0}";
    MATCH_READ_ALOUD = "一致しました。指さして読み上げてください。", "Match. Read it aloud with a finger on it.";
    ASK_SEND = "送るなら大文字の S、やめるなら Enter", "S (capital) to send, Enter to stop";
    /// {0} number.
    CONFIRMED = "一致しました。送付 {0} を送信待ちにしました。", "Match. Transmission {0} is queued.";
    MATCH_NOT_SENT = "一致しました。まだ送っていません。送るには --send を付けて、もう一度確認してください。", "Match. Nothing was sent. To send, confirm again with --send.";

    // The log
    /// {0} events, {1} head.
    LOG_CHECKED = "{0} 件を検証しました。先頭 {1}", "{0} events verified. Head {1}";
    /// {0} findings.
    FINDINGS_MORE = "ほか {0} 件", "and {0} more";
    SLIP_HEAD = "利用記録の控え  {0}  {1}", "Slip of the access log  {0}  {1}";
    SLIP_SIZE = "  {0}  件数 {1}", "  {0}  size {1}";
    SLIP_KEEP = "今日の書類といっしょに保管してください。14組目は書き写しの検査用です。",
        "Keep it with the day's papers. The 14th group catches slips of the pen.";
    PURGE_PROPOSED = "件数 {0} までの消去を申し出ました。別の点検者が --approve で承認すると消えます。",
        "Erasure up to size {0} proposed. Another supervisor carries it out with --approve.";
    PURGE_DONE = "件数 {0} までの {1} 行を消しました。元には戻せません。", "Up to size {0}, {1} rows were erased for good.";
    EPOCH_BEGUN = "第 {0} 世代を始めました。それまでの記録 {1} 件、失われた記録は少なくとも {2} 件です。",
        "Epoch {0} begins after {1} events; at least {2} are lost.";
    EPOCH_ENVELOPE = "監査の封筒の鍵は今までのものがそのまま使えます。今日の控え(audit checkpoint)を残してください。",
        "The auditor's envelope stays valid. Take a slip today (audit checkpoint).";
    INIT_SLIP = "最初の控え(利用記録 1 件)。紙に書き、封筒といっしょに保管してください。後からは uketsuke audit checkpoint --size 1", "The first slip (a log of one event). Write it down and keep it with the envelopes; later: uketsuke audit checkpoint --size 1";
    SLIP_FILE = "控えを {0} に書きました。印刷して今日の書類に綴じてください。", "The slip is in {0}. Print it for the day's papers.";
    EXPORT_FILE = "{0} に書けません。ない名前のファイルを指定してください。",
        "{0} cannot be written. Name a file that does not exist.";
    EXPORT_DONE = "{0} 行を {1} に書き出しました。", "{0} lines written to {1}.";
    NOT_AN_EXPORT = "書き出しの {0} 行目が読めません。", "Line {0} of the export cannot be read.";
    LOG_FINDINGS = "利用記録に合わない点が {0} 件あります。点検者2名で確かめてください。", "The log has {0} findings. Two supervisors must look into them.";

    /// {0} seconds against the clock that nobody can set.
    CLOCK_SECONDS = "{0} 秒", "{0} s";
    CLOCK_WAITS = "確認待ち", "waiting";
    CLOCK_SETTLED = "確認済み", "settled";
    /// {0} how many.
    CLOCK_OPEN = "確認を待つ時計のずれが {0} 件あります。送付と確認は止まっています。点検者2名が --acknowledge で確認します。", "{0} clock steps wait: nothing is sent or confirmed. Two supervisors use --acknowledge.";

    // Forms and keymaps
    /// {0} forms, {1} problems.
    FORMS_CHECKED = "様式 {0} 件を検査、誤り {1} 件", "{0} forms checked, {1} problems";
    SCHEMA_PROBLEMS = "様式ファイルに誤りが {0} 件あります。一覧のとおり直してください。", "The form files have {0} problems. Correct them as listed.";
    /// {0} form, {1} item, {2} where the fact comes from.
    UNVERIFIED = "原本と未照合: {0} {1}  出所: {2}", "not compared with the original: {0} {1}  from: {2}";
    UNVERIFIED_FORM = "(様式番号・期限・類型)", "(number, deadline, types)";
    /// {0} how many.
    UNVERIFIED_COUNT = "原本と照合していない事項 {0} 件", "{0} facts not compared with the original";
    MONTH_FORMAT = "月は 2026-07 の形で書いてください。", "Write the month as 2026-07.";
    /// {0} month, {1} records.
    RESULTS_TOTAL = "{0}  {1} 件", "{0}  {1} records";
    /// {0} files, {1} problems.
    KEYMAPS_CHECKED = "キー操作 {0} 件を検査、誤り {1} 件", "{0} keymaps checked, {1} problems";
    KEYMAP_PROBLEMS = "キー操作のファイルに誤りが {0} 件あります。一覧のとおり直してください。", "The keymap files have {0} problems. Correct them as listed.";

    NO_SUCH_KEYMAP = "その名前のキー操作はありません。uketsuke keymap list で確かめてください。", "There is no keymap of that name. See uketsuke keymap list.";

    // Training
    /// {0} directory.
    NOT_TRAINING = "{0} は訓練用の場所ではありません。別の場所を --home で示してください。", "{0} is not a training directory. Name another one with --home.";
    HALF_TRAINING = "{0} の準備が途中で止まっています。削除してやり直してください。", "{0} was left half made. Delete it and run this again.";
    NO_DEMO_USER = "その番号の訓練用の職員はいません。uketsuke demo --codes で確かめてください。", "There is no demo user of that number. See uketsuke demo --codes.";
    DEMO_MADE = "訓練用の場所を作りました: {0}", "Made a training directory: {0}";
    DEMO_FOUND = "前からある訓練用の場所です: {0}", "The training directory was there already: {0}";
    /// {0} seconds.
    DEMO_CODES_CHANGE = "コードは30秒ごとに変わります (次は {0} 秒後)。uketsuke demo --codes で表示します。", "Codes change every 30 s (next in {0} s). uketsuke demo --codes prints them.";

    // Courier
    /// {0} labels of items.
    MENTIONS = "別の人の氏名か電話番号が文中にあります ({0})。書類を直すか、--mention に理由を書いてください。何も送っていません。", "Somebody else is named in the text ({0}). Correct it, or say why with --mention. Nothing was sent.";
    COURIER_NO_CARRIER = "送り方の設定がありません。settings.toml の [courier.folder] などか [checkpoints] を書いてください。", "No way out is set. Write [courier.folder], another one, or [checkpoints] in settings.toml.";
    /// {0} code of the trouble.
    COURIER_NO_ROUND = "配送できません ({0})。何も送っていません。uketsuke doctor で確かめてください。", "No delivery round ({0}). Nothing was sent. Check with uketsuke doctor.";
    /// {0} orders.
    COURIER_ROUND = "指示書 {0} 件を処理", "{0} orders handled";
    COURIER_NOT_ALL = "送れなかったものが {0} 件あります。送付箱で確かめてください。", "{0} were not sent. See the outbox.";
    COPIES_SHORTER = "警報: 利用記録が、前に外へ送った控えより短くなっています。点検者2名で、外の控えと照らして確かめてください。", "ALARM: the log is shorter than what was sent before. Two supervisors must compare it with the copies outside.";
    COPIES_OTHER_ROOT = "警報: 利用記録が、前に外へ送った控えと同じ件数なのに内容が違います。点検者2名で確かめてください。", "ALARM: the log differs from what was sent before at the same size. Two supervisors must look into it.";
    COPIES_OTHER_LOG = "警報: 前に外へ送った控えとは別の利用記録です。点検者2名で確かめてください。", "ALARM: this is another log than the one of which copies were sent. Two supervisors must look into it.";
    /// {0} places.
    COPIES_NOT_SENT = "利用記録の控えを送れなかった先が {0} か所あります。次の回にもう一度送ります。", "Copies of the log's checkpoint did not reach {0} places. A later round tries again.";
    COURIER_STOPPED = "配送を終わりました。", "The courier has stopped.";

    // Postal codes
    /// {0} lines, {1} day.
    POSTAL_IMPORTED = "{0} 行を取り込みました({1} 現在)。", "{0} lines taken over, as of {1}.";
    /// {0} new, {1} changed, {2} as they were.
    INSTITUTIONS_IMPORTED = "新規 {0} 件、変更 {1} 件、同じ {2} 件", "{0} new, {1} changed, {2} unchanged";
    /// {0} number, {1} new, {2} changed before it.
    INSTITUTIONS_STOPPED = "番号 {0} で止まりました。ここまでに新規 {1} 件、変更 {2} 件を取り込みました。直して同じ表を取り込めば続きから入ります。", "Stopped at institution {0}. Before it {1} were added and {2} changed. Correct it and import the same table again; it goes on from there.";
    /// {0} rows, {1} file.
    INSTITUTIONS_EXPORTED = "{0} 件を {1} に書き出しました。", "{0} institutions written to {1}.";
    /// {0} problems.
    INSTITUTIONS_PROBLEMS = "表に誤りが {0} 件あるため、何も取り込んでいません。直してやり直してください。", "The table has {0} problems; nothing was taken over. Correct it and try again.";
    TABLE_HEADING = "一行目は見出しです。番号、名称、よみ が要り、ほかに 郵便番号、所在地、電話、FAX、医師、契約の初日、契約の末日、時間帯 が使えます。契約の三列はそろえます。", "The first line is the heading: code, name, reading, and as needed postal_code, address, phone, fax, doctors, contract_from, contract_until, hours. The last three go together.";
    DESTINATIONS_HEADING = "一行目は見出しです。台帳番号、名称、よみ、方法、宛先、電話、出どころ の 7 列が要ります。", "The first line is the heading: code, name, reading, way, address, phone, source.";
    DESTINATIONS_WAY = "方法は FAX、メール、庁内送信、FAX(手送り)、記録媒体 のどれかです。", "The way is one of fax, mail, folder, manual-fax, media.";
    /// {0} new, {1} known.
    DESTINATIONS_IMPORTED = "{0} 件を取り込みました({1} 件は台帳にあります)。使うには C で紙から入れ直してください。", "{0} taken over ({1} were there). Before use, key each from its paper with C.";
    TABLE_FIELDS = "見出しと項目の数が合いません。空の項目もコンマで区切り、コンマを含む項目は \" で囲んでください。", "Not as many fields as the heading has. Keep the comma of an empty field, and put a field with a comma in quotes.";
    TABLE_TWICE = "同じ番号が上の行にもあります。どちらかの行を消すか、番号を直してください。", "The number stands in an earlier line too. Delete one of the lines or correct the number.";
    TABLE_ZEROS_LOST = "番号の先頭の 0 が落ちています。表計算で番号の列を「文字列」にし、0 を付けて 10 桁にしてください。", "The number has lost its leading zero. In the spreadsheet make the column text and write all ten digits.";
    TABLE_BANDS = "時間帯は 平日日中、夜間、休日 から空白で区切って書きます。", "Hours are of weekday, night, holiday, divided by spaces.";
    /// {0} file.
    TABLE_EXISTS = "{0} に書けません。同じ名のファイルがあるか、権限がありません。", "{0} cannot be written: a file of that name is there, or the permission is missing.";
    /// {0} number, {1} column in Japanese, {2} in English, {3} code point.
    TABLE_UNENCODABLE = "番号 {0} の {1} にある文字 {3} は CP932 にありません。utf8 で書き出してください。", "Institution {0}, {2}: the character {3} is not in CP932. Export as utf8.";
    /// {0} day of the built-in table.
    POSTAL_OLDER = "内蔵の表({0})より新しくないため、内蔵の表を使い続けます。", "It is not newer than the built-in table ({0}), which stays in use.";
    /// {0} day.
    POSTAL_DATE = "--date {0} は先の日付です。表の日付を入れてください。", "--date {0} is in the future. Give the day of the list.";
    /// {0} file.
    POSTAL_NOT_WRITTEN = "{0} に書けません。空きと権限を確かめてください。前の表のままです。", "{0} cannot be written. Check space and permissions. The table before stays in use.";
    /// {0} problems.
    POSTAL_PROBLEMS = "表に誤りが {0} 件あるため、何も取り込んでいません。日本郵便の表を入手し直してください。", "The list has {0} problems; nothing was taken over. Get it from Japan Post again.";
    POSTAL_ENCODING = "UTF-8 でも CP932 でもありません。", "Neither UTF-8 nor CP932.";
    POSTAL_FIELDS = "15 項目の CSV になっていません。", "Not a CSV line of fifteen fields.";
    POSTAL_MUNICIPALITY = "市区町村コードが違います。", "Not a municipality code.";
    POSTAL_CODE = "郵便番号が 7 桁ではありません。", "The postal code has not seven digits.";
    POSTAL_PREFECTURE = "都道府県名が市区町村コードと合いません。", "The prefecture does not fit the municipality code.";
    POSTAL_NAME = "名前が空か、見えない文字があります。", "A name is empty or has hidden characters.";
    POSTAL_BRACKET = "町域のかっこが閉じていません。", "The bracket of the town is not closed.";
    POSTAL_TWO_NAMES = "同じ市区町村コードに別の名前があります。", "The municipality code has another name elsewhere.";
    POSTAL_NOT_ALL = "全国の表ではありません。全国一括の表を使ってください。", "Not the list of the whole country. Use that one.";
    POSTAL_DIGITS = "郵便番号は数字 3-7 桁で入れてください。", "Give three to seven digits of a postal code.";
    POSTAL_UNKNOWN = "その郵便番号は表にありません。新しい表は uketsuke postal import で取り込めます。", "The table has no such code. uketsuke postal import takes over a newer one.";
    NO_SUCH_MUNICIPALITY = "その名前で始まる市区町村はありません。漢字かかなで先頭から入れてください。", "No municipality begins like that. Give the beginning of its name or reading.";

    // The weekly review
    /// {0} week, {1} decided, {2} rows, {3} due day.
    REVIEW_PROGRESS = "{0}  点検 {1}/{2}  締切 {3}", "{0}  reviewed {1}/{2}  due {3}";
    KIN_JSON = "標準入力に JSON が要ります(relation, name, reading, birth_date)。値は表示しません。", "Give JSON on stdin (relation, name, reading, birth_date). Values are not shown.";

    // Doctor
    DOCTOR_FOUND = "直すべき点が {0} 件あります。上の NG の行を見てください。", "{0} things have to be put right. See the NG lines.";
    DOCTOR_ROOT = "root で動いています。専用の利用者で動かしてください。", "Running as root. Use an account of its own.";
    DOCTOR_SERVER = "SSH 越しの利用です。ForceCommand と専用の利用者なら、ファイルは OS が守ります。", "Used through SSH. With ForceCommand and a service account the operating system guards the files.";
    DOCTOR_WORKSTATION = "1台の端末での利用です。この OS の利用者を使える人には、役割と記録の守りは約束事です。", "One workstation. Against whoever holds this OS account, roles and log are procedural.";
    DOCTOR_NO_HOME = "{0} がありません。uketsuke を起動して設定してください。", "{0} does not exist. Start uketsuke to set it up.";
    DOCTOR_UNREADABLE = "{0} を調べられません。権限を確かめてください。", "{0} cannot be examined. Check its permissions.";
    DOCTOR_PRIVATE = "{0} とその中は本人だけが読めます。", "{0} and all in it are readable by the owner alone.";
    DOCTOR_OPEN = "{0} を他の利用者が読めるか、持ち主が違います。chmod go-rwx などで直してください。", "Others can read {0}, or it belongs to somebody else. Use chmod go-rwx or chown.";
    DOCTOR_FS_LOCAL = "ローカルのファイルシステムです。", "A local file system.";
    DOCTOR_FS_NETWORK = "ネットワークのファイルシステムです。壊れるおそれがあるため、ローカルに移してください。", "A network file system: the database may be damaged. Move it to a local one.";
    DOCTOR_FS_UNSURE = "ファイルシステムの種類が分かりません。ローカルのディスクか確かめてください。", "Unknown kind of file system. Make sure that it is a local disk.";
    DOCTOR_HARDENED = "コアダンプと他のプロセスからの観察を禁じています。", "Core dumps and tracing are off.";
    DOCTOR_NOT_HARDENED = "コアダンプを禁じられません。ulimit -c 0 で起動してください。", "Core dumps cannot be turned off. Start with ulimit -c 0.";
    DOCTOR_NO_SWAP = "スワップはありません (zram を除く)。", "No swap (zram aside).";
    DOCTOR_SWAP = "スワップがあるか分かりません。暗号化するか、止めてください。", "There is swap, or it is not known. Encrypt it or turn it off.";
    DOCTOR_CLOCK = "時計は時刻サーバーと合っています。", "The clock follows a time server.";
    DOCTOR_CLOCK_UNSURE = "時計が合っているか分かりません。確認コードは時計に頼ります。時刻同期を確かめてください。", "Whether the clock is right is not known, and codes depend on it. Check time synchronisation.";
    DOCTOR_SEAL = "利用記録の封印があります。", "The seal of the log is there.";
    DOCTOR_NO_SEAL = "利用記録の封印がありません。使用を止め、点検者2名で確かめてください。", "The seal of the log is missing. Stop; two supervisors must look into it.";
    DOCTOR_RESERVE = "ディスクがいっぱいになったときのための 16 MiB を確保しています。", "16 MiB are set aside for a full disk.";
    DOCTOR_NO_RESERVE = "満杯に備えた 16 MiB (seal/reserve) がありません。空きを作り、利用開始すると確保し直します。", "The 16 MiB for a full disk (seal/reserve) are missing. Make room; the next sign-in sets them aside.";
    DOCTOR_NO_CARRIER = "送り方の設定がありません。送るなら settings.toml の [courier.folder] などを書いてください。", "No way out is set. To send, write [courier.folder] or another one in settings.toml.";
    /// {0} folder.
    DOCTOR_DROP = "受け渡しフォルダー: {0}", "Drop folder: {0}";
    DOCTOR_DROP_MISSING = "受け渡しフォルダー {0} がありません。作るか、絶対パスで書き直してください。", "The drop folder {0} is missing. Make it, or write it as an absolute path.";
    DOCTOR_MAIL = "メール: 設定のファイルを読めます。中継サーバーへの接続は試していません。", "Mail: the files of the settings can be read. The relay itself is not called.";
    DOCTOR_MAIL_FILES = "メール: 設定の ca_file か password_file を読めないか、他の利用者も読めます (chmod 600)。", "Mail: ca_file or password_file of the settings cannot be read, or others can read it (chmod 600).";
    DOCTOR_FAX = "FAX: プログラムがあります。FAXサーバーへの接続は試していません。", "Fax: the programs are there. The server itself is not called.";
    DOCTOR_FAX_MISSING = "FAX: submit か status のプログラムがありません。入れるか、[courier.fax] の path を直してください。", "Fax: the program of submit or status is missing. Install it, or correct path under [courier.fax].";
    DOCTOR_PRINT = "印刷: プログラムがあります。", "Printing: the program is there.";
    DOCTOR_PRINT_MISSING = "印刷: submit のプログラムがありません。入れるか、[courier.print] の path を直してください。", "Printing: the program of submit is missing. Install it, or correct path under [courier.print].";
    DOCTOR_COURIER_KEY = "配送の鍵があります。", "The dispatcher's key is there.";
    /// {0} socket.
    DOCTOR_SYSLOG = "控えを書く syslog: {0}", "Syslog for checkpoints: {0}";
    /// {0} socket.
    DOCTOR_SYSLOG_MISSING = "控えを書く syslog のソケット {0} がありません。settings.toml の [checkpoints] を見直してください。", "The syslog socket {0} for checkpoints is not there. See [checkpoints] in settings.toml.";
    DOCTOR_COURIER_KEY_NONE = "配送の鍵はまだありません。紙で送る最初の準備のときに作られます。前にはあったなら、控えから戻してください。", "No dispatcher's key yet. The first papers make it. If there was one, put it back from a copy.";
    /// {0} number.
    DOCTOR_PHONE = "保健所の電話番号: {0}", "Telephone of the office: {0}";
    DOCTOR_PHONE_MISSING = "settings.toml の [office] に phone がありません。FAX の表紙に要ります。",
        "settings.toml has no phone under [office]. The cover of a fax needs it.";
    DOCTOR_COURIER_KEY_BAD = "配送の鍵を読めません。控えから戻してください。", "The dispatcher's key cannot be read. Put it back from a copy.";
    /// {0} folder.
    DOCTOR_MEDIA = "記録媒体: {0}", "Media: {0}";
    /// {0} folder.
    DOCTOR_MEDIA_MISSING = "記録媒体: {0} がありません。作るか、[courier.media] の mount を直してください。", "Media: {0} is missing. Make it, or correct mount under [courier.media].";
    /// {0} day.
    DOCTOR_POSTAL = "郵便番号は内蔵の表です({0} 現在)。", "Postal codes: the built-in table, as of {0}.";
    /// {0} day.
    DOCTOR_POSTAL_SITE = "郵便番号は取り込んだ表です({0} 現在)。", "Postal codes: the imported table, as of {0}.";
    /// {0} file.
    DOCTOR_POSTAL_DAMAGED = "{0} を読めないため内蔵の表を使っています。uketsuke postal import でやり直してください。", "{0} cannot be read; the built-in table is in use. Import it again with uketsuke postal import.";
    DOCTOR_AREA = "管轄の市区町村が設定されています。", "The own area is set.";
    DOCTOR_NO_AREA = "管轄の設定がないため、管外の住所を示しません。settings.toml の [competence] に municipalities を書いてください。", "The own area is not set: addresses outside it are not marked. Write municipalities under [competence] in settings.toml.";
    /// {0} version.
    DOCTOR_ROSTER = "署名付き名簿(第 {0} 版)を確かめました。", "The signed roster (version {0}) is sound.";
    DOCTOR_ROSTER_BROKEN = "署名付き名簿を確かめられません。使用を止め、控えから戻してください。", "The signed roster cannot be verified. Stop and restore it from a backup.";

    // The access log
    LOG_DAY_FORMAT = "日付は 2026-07-01 か R8.7.1 の形で書いてください。", "Write a day like 2026-07-01 or R8.7.1.";
    LOG_NO_ACTION = "その名の操作はありません。show-record や 表示 のように書いてください。", "No action has such a name. Write one like show-record.";
    /// {0} shown.
    LOG_MORE = "{0} 件を表示。これより古い記録もあります(--limit)。", "{0} rows; there are older ones (--limit).";
    /// {0} file, {1} pages, {2} events.
    ACCESSES_WRITTEN = "{0} に {1} 枚({2} 件)を書きました。", "{0}: {1} pages with {2} events.";
}
