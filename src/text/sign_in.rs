//! Signing in, coming back after a lock, and the first sign-in.
super::texts! {
    TITLE = "利用者の確認", "Sign in";
    /// {0} terminal, {1} date.
    TERMINAL_AND_DATE = "端末 {0}  {1}", "Terminal {0}  {1}";
    NUMBER = "職員番号", "Staff number";
    PASSWORD = "パスワード", "Password";
    CODE = "確認コード", "Code";
    CODE_NOTE = "6桁の数字(初回は空のまま)", "6 digits (empty the first time)";
    ENTER = "利用開始", "sign in";
    QUIT = "終了", "quit";
    NEXT = "次へ", "next";
    /// Shown where a training directory is open: nobody there was given a password.
    TRAINING_PEOPLE = "訓練の番号・パスワード・コードは uketsuke demo --codes でも見られます。",
        "Training numbers, passwords and codes: uketsuke demo --codes shows them too.";
    WORKING = "確認しています", "Checking";
    LIMIT = "続けてまちがえると、しばらく使えなくなります。", "After several wrong attempts you have to wait.";
    DIGITS_ONLY = "ここは数字だけです。", "Digits only here.";
    FILL_IN = "職員番号とパスワードを入れてください。", "Enter the staff number and the password.";
    LOCKED_TITLE = "画面を閉じています", "The screen is locked";
    /// {0} number, {1} name.
    LOCKED_BY = "{0} {1} が利用中です。本人が入れると続きに戻ります。",
        "In use by {0} {1}. Signing in again goes on where you were.";
    LOCKED_OTHER = "別の人が入れると、その人の最初の画面になります(下書きは残ります)。",
        "Anybody else who signs in starts afresh (drafts are kept).";
    SESSION_GONE = "利用が終わっています。もう一度利用開始してください。", "Your session has ended. Sign in again.";

    /// {0} office, {1} name.
    WELCOME = "{0}  {1} さん", "{0}  {1}";
    WELCOME_TITLE = "利用を始めます", "You are signed in";
    LAST_TIME = "前回の利用", "Last sign-in";
    LAST_TERMINAL = "前回の端末", "Terminal then";
    FAILURES = "失敗の記録", "Failed attempts";
    FIRST_TIME = "はじめての利用です", "This is your first time";
    LOG = "利用記録", "Access log";
    /// {0} findings.
    LOG_ALARMS = "! 異常が {0} 件あります。点検者に知らせてください。", "! {0} things are wrong. Tell a supervisor.";
    NO_FAILURES = "なし", "none";
    /// {0} how often.
    SOME_FAILURES = "! {0} 回あります。覚えがなければ点検者に知らせてください。",
        "! {0}. If they were not yours, tell a supervisor.";
    CHECK_LAST_TIME = "覚えのない利用があれば、点検者に知らせてください。",
        "If this was not you, tell a supervisor.";
    GO_ON = "Enter で進む", "Enter goes on";

    ENROL_TITLE = "はじめての利用: パスワード", "First sign-in: password";
    ENROL_TOKEN_TITLE = "はじめての利用: 確認コード", "First sign-in: code";
    ENROL_WHY = "仮パスワードは 1 回だけ使えます。自分だけが知るパスワードを決めてください。",
        "The initial password works once. Choose a password that only you know.";
    PASSWORD_RULE = "15 文字以上。日本語の文でもかまいません。職員番号や役所名、同じ字の繰り返しは使えません。",
        "15 characters or more; a sentence is fine. No staff number, office name or repetitions.";
    NEW_PASSWORD = "新しいパスワード", "New password";
    AGAIN = "もう一度", "Again";
    PASSWORDS_DIFFER = "2 回のパスワードが違います。もう一度入れてください。",
        "The two passwords differ. Enter them again.";
    ENROL_STALE = "時間がたったので中止しました。はじめからやり直してください。",
        "Stopped because of inactivity. Please start again.";
    TOKEN_HOW = "スマートフォンの認証アプリで図を読み取るか、下の文字を入れてください。",
        "Scan the picture with an authenticator app, or type the text below.";
    TOKEN_TYPE = "認証アプリに下の文字を入れてください(空白は不要)。",
        "Type the text below into an authenticator app (without spaces).";
    TOKEN_CODE = "表示された 6 桁の確認コードを入れてください。", "Enter the six digits that it shows.";
    TOKEN_ONCE = "この図と文字は二度と表示しません。", "This is never shown again.";
    CODE_MISSING = "確認コードを入れてください。", "Enter the code.";
    FINISH = "登録", "finish";
    ENROL_SAVING = "登録しています", "Saving";
}
