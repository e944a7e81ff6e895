//! Why something was refused, failed or is doubtful: a code for the log, a sentence for the person.
use crate::office::store::StoreError;
use crate::text::Text;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal $ja:literal / $en:literal),* $(,)?) => {
        /// The registry of reasons. A number, once used, never means anything else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Reason { $($(#[$doc])* $name = $code),* }

        impl Reason {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub const fn code(self) -> u16 {
                self as u16
            }
            pub fn from_code(code: u16) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
            /// What happened and what to do.
            pub const fn text(self) -> Text {
                match self { $(Self::$name => Text::new($ja, $en)),* }
            }
        }
    };
}

reasons! {
    // Signing in
    SignInWrong = 1 "職員番号、パスワード、確認コードのどれかが違います。もう一度入れてください。" / "The staff number, password or code is wrong. Enter them again.",
    LockedOut = 2 "続けてまちがえたため、しばらく使えません。時間をおいてやり直してください。" / "Too many wrong attempts. Wait a while and try again.",
    InitialExpired = 3 "仮パスワードの期限(24時間)が切れました。管理者に発行し直してもらってください。" / "The initial password has expired (24 hours). Ask an administrator for a new one.",
    AccountSuspended = 4 "この利用者は停止されています。管理者に連絡してください。" / "This account is suspended. Ask an administrator.",
    PasswordTooShort = 5 "パスワードは15文字以上にしてください。" / "Use a password of at least 15 characters.",
    PasswordTooLong = 6 "パスワードは256文字までにしてください。" / "Use a password of at most 256 characters.",
    PasswordUntypable = 7 "パスワードに制御文字は使えません。" / "A password cannot contain control characters.",
    PasswordTooCommon = 8 "推測されやすいパスワードです。職員番号や役所名、同じ字の繰り返しを避けてください。" / "This password is easy to guess. Avoid staff numbers, office names and repetitions.",
    CodeWrong = 9 "確認コードが違うか、使用済みです。次のコードを待って入れてください。" / "The code is wrong or was used already. Wait for the next one.",
    StepUpWrong = 10 "本人確認ができませんでした。パスワードと新しい確認コードを入れてください。" / "You could not be verified. Enter your password and a fresh code.",
    StepUpStale = 11 "本人確認から時間がたちました。もう一度パスワードと確認コードを入れてください。" / "Too much time has passed since you were verified. Enter password and code again.",

    // The rules
    RoleForbids = 20 "あなたの役割ではこの操作はできません。" / "Your role does not allow this.",
    NoSuchThing = 21 "見つかりません。番号を確かめてください。" / "Not found. Check the number.",
    NotHolder = 22 "この下書きは別の職員が入力中です。" / "Somebody else is entering this draft.",
    OwnWork = 23 "自分の送付は自分では確認できません。別の職員に頼んでください。" / "Nobody confirms their own sending. Ask a colleague.",
    SamePerson = 24 "同じ人の別の職員番号では確認できません。別の職員に頼んでください。" / "A second account of the same person does not count. Ask a colleague.",
    EditedIt = 25 "この内容を入力した職員は確認者になれません。" / "Whoever edited this content cannot confirm it.",
    EnteredDestination = 164 "この送り先を台帳に入力した職員は確認者になれません。別の職員に頼んでください。" / "Whoever keyed this destination first cannot confirm. Ask a colleague.",
    CourierKeyGone = 165 "配送の鍵がないか、前と違います。送付の準備はしていません。管理者は courier の identity を控えから戻してください。" / "The dispatcher's key is missing or another one. Nothing was prepared. Put back courier/identity from a copy.",
    CredentialTies = 26 "相手の認証情報を7日以内に発行した職員は、その人と組んで確認できません。" / "People who issued each other's credentials within 7 days cannot be a pair.",
    SessionEnded = 27 "利用が打ち切られました。もう一度利用開始してください。" / "Your session was ended. Sign in again.",
    NotAuthor = 28 "この操作は送付した本人か点検者だけができます。" / "Only the sender or a supervisor may do this.",
    OwnRow = 29 "自分の記録は自分では点検できません。別の点検者に頼んでください。" / "Nobody reviews their own entries. Ask another supervisor.",

    // Records and drafts
    NothingCounted = 37 "この様式には集計する項目がありません。" / "Nothing of this form is counted.",
    CaseNumberWrong = 38 "症例番号の最後の数字が合いません。どこかの数字が違っています。" / "The last digit of the case number does not fit: one of the others is wrong.",
    FormUnknown = 40 "この様式は使えません。様式ファイルを確かめてください。" / "This form is not available. Check the form files.",
    FormProblems = 41 "入力に誤りがあるため登録していません。誤りの一覧を見て直してください。" / "Not registered: there are errors. See the list and correct them.",
    VersionConflict = 42 "入力中に別の職員がこの届出を登録しました。相手の内容を見て、入れ直してください。" / "Somebody else registered this record while you were editing. Look at their version and redo yours.",
    NotRegistered = 43 "まだ登録されていません。先に F12 で登録してください。" / "Not registered yet. Register it first (F12).",
    UndoTooLate = 44 "登録から30秒を過ぎたため取り消せません。開いて訂正してください。" / "More than 30 seconds have passed. Open the record and correct it.",
    InTransmission = 45 "送付の手続き中です。先に送付を取り下げてください。" / "A transmission of it is under way. Withdraw that first.",
    ContentTooLarge = 46 "入力が長すぎます(1件 256 KB まで)。短くしてください。" / "The entry is too long (256 KB at most). Shorten it.",
    ContentMalformed = 47 "値の形が正しくありません。項目名と型を様式で確かめてください。" / "The values are malformed. Check item names and types against the form.",

    WarningsOpen = 48 "注意のある項目に理由がないため登録していません。直すか、理由を選んでください。" / "Not registered: warnings stand without a reason. Correct them, or give a reason.",

    ParentMissing = 49 "この様式は元の記録から始めます。元の記録を開いて F6 を押してください。" / "This form starts from another record. Open that record and press F6.",
    ParentUnfit = 50 "この様式はその記録には付けられません。" / "A record of this form cannot belong to that record.",
    AlreadyBecame = 51 "この接触者からの届出はもうあります。経過を見てください。" / "This contact already became a case. See its timeline.",
    ReferenceInvalid = 52 "NESID の番号は英数字とハイフンで 30 字までです。" / "A NESID number is letters, digits and hyphens, 30 at most.",

    // The register of institutions
    InstitutionCodeInvalid = 53 "医療機関番号は数字を含む英数字 10 字までです。10 桁なら検証番号が合わなければなりません。" / "An institution number is up to 10 letters and digits, with a digit; of ten digits the check digit must fit.",
    InstitutionCodeTaken = 54 "この番号は別の医療機関が使っています。" / "Another institution has this number.",
    InstitutionNameMissing = 55 "名称とよみを入れてください(60字まで)。" / "Enter the name and its reading (60 characters).",
    InstitutionTooLong = 56 "所在地か電話が長すぎます。" / "Address or phone number is too long.",
    InstitutionDoctor = 57 "医師の名がないか、同じ医師が二度あります。" / "A doctor has no name, or stands there twice.",
    InstitutionContract = 58 "契約の期間が逆か、時間帯がありません。" / "The contract ends before it begins, or names no hours.",
    InstitutionChanged = 59 "この医療機関は別の職員が直しました。最新の内容を見て直してください。" / "A colleague changed this institution meanwhile. Look at it again.",

    // Destinations and transmissions
    AddressInvalid = 60 "宛先の形が正しくありません。英小文字・数字・ハイフンの 3 から 32 字です。" / "Not an address: 3 to 32 lower-case letters, digits and hyphens.",
    RecipientInvalid = 61 "受信者の公開鍵(age1...)の形が正しくありません。" / "Not a recipient key (age1...).",
    CodeInvalid = 62 "台帳番号は D と 3 から 4 桁の数字です(例 D014)。" / "A register code is D and three or four digits (D014).",
    CodeTaken = 63 "この台帳番号は別の送り先が使っています。" / "This register code belongs to another destination.",
    TextMissing = 64 "名称・よみ・出どころを入れてください。" / "Enter the name, the reading and the source.",
    DestinationUnconfirmed = 65 "この送り先は2人目の入力がまだです。確認が済むまで使えません。" / "This destination has not been confirmed by a second person.",
    DestinationExpired = 66 "この送り先は有効期限が切れています。台帳で確認し直してください。" / "This destination has expired. Verify it again in the register.",
    DestinationFrozen = 67 "停止中の送り先です。点検者に確かめ、正しい宛先は新しい台帳番号で登録します。" / "Frozen. Ask a supervisor; the right address is registered under a new code.",
    DestinationChanged = 68 "送り先の台帳が変わりました。送付の準備からやり直してください。" / "The register entry has changed. Prepare the sending again.",
    RekeyMismatch = 69 "2人目の入力が一致しません。値は表示しません。紙を見直してください。" / "The second keying does not match. Values are not shown. Check the paper.",
    BlindMismatch = 70 "一致しません。送信していません。原本と台帳を見直してください。" / "No match. Nothing was sent. Check the original and the register.",
    TooManyMisses = 71 "3回一致しなかったため、この送付は無効になりました。最初からやり直してください。" / "Three mismatches: this sending is void. Start again.",
    NotMatched = 72 "照合が済んでいません。先に見ないで入れ直してください。" / "The blind check has not been passed yet.",
    ContentChanged = 73 "内容が変わりました。送付の準備からやり直してください。" / "The content has changed. Prepare the sending again.",
    AgreementExpired = 74 "確認の有効時間(4時間、同じ日)を過ぎました。送付の準備からやり直してください。" / "The agreement has expired (4 hours, same day). Prepare the sending again.",
    OutOfOrder = 75 "今の状態ではこの操作はできません。送付箱で状態を確かめてください。" / "Not possible in its present state. See the outbox.",
    AlreadyLeft = 76 "すでに配送に渡りました。取り下げできません。誤りなら点検者に知らせてください。" / "It has already been handed to the courier and cannot be withdrawn. If it is wrong, tell a supervisor.",
    PartySuspended = 77 "送付した人か確認した人が停止されています。" / "The sender or the confirmer has been suspended.",
    ArtefactAltered = 78 "送るものが確認した内容と違います。点検者に知らせてください。" / "What would be sent differs from what was confirmed. Tell a supervisor.",
    StateFinished = 79 "この送付は終わっています。" / "This sending is finished.",
    PageCountWrong = 80 "枚数が数字ではありません。紙を数えて入れてください。" / "The page count is not a number. Count the sheets.",

    DestinationUntested = 113 "この送り先は試し送りと電話での確認がまだです。台帳で T と A を行ってください。" / "This destination still needs its test page and the call: T and A in the register.",
    DestinationImported = 114 "この送り先は一覧から取り込んだままです。C で紙から入れ直してください。" / "This destination was only imported. Enter it from the paper with C.",
    FaxInvalid = 115 "FAX 番号は市外局番からの 10 桁か、050 の 11 桁です。携帯や 0120 には送れません。" / "A fax number has ten digits with its area code, or eleven from 050. No mobile, no 0120.",
    MailInvalid = 116 "メールアドレスの形が正しくありません。半角の 名前@ドメイン を 1 つだけ入れてください。" / "Not a mail address: one plain name@domain.",
    MediumInvalid = 117 "媒体番号は英字・ハイフン・数字です(例 USB-0012)。" / "A medium number is letters, a hyphen and digits (USB-0012).",
    DomainNotAllowed = 118 "このドメインへのメールは許可されていません。管理者が設定の mail_domains に加えます。" / "Mail to this domain is not allowed. An administrator adds it to mail_domains.",
    ArchivePasswordInvalid = 119 "パスワードは半角の英数字と記号で 12 から 64 字にしてください。" / "Use a password of 12 to 64 ASCII characters without spaces.",
    PurposeMissing = 120 "提供の目的を一つ以上選んでください。" / "Choose at least one purpose.",
    PurposeForbids = 121 "この送り先へこの書類を送る目的が台帳にありません。台帳の目的を確かめてください。" / "The register names no purpose for sending this paper there. Check its purposes.",
    ContractOver = 122 "契約の終わりの日が過ぎています。契約書を確かめてください。" / "The contract has ended. Check it.",
    PhoneInvalid = 123 "確認の電話番号を市外局番から入れてください。" / "Enter the telephone number for the call, with its area code.",
    ShortDialInvalid = 124 "短縮番号は数字と * # で 8 字までです。" / "A short-dial number is up to eight digits, * and #.",
    SourceMissing = 125 "見た文書の番号を入れてください。" / "Enter the number of the document you key from.",
    SameSource = 126 "1人目と同じ文書です。別の紙から入れてください。" / "The first person used this document. Key it from another paper.",
    NoTestPage = 127 "試し送りがまだ届いていません。先に T で試し送りをしてください。" / "No test page has arrived yet. Send one with T first.",
    ControlDiffers = 128 "読み上げられた番号が違います。別の所へ届いた恐れがあります。紙を見直してください。" / "Another number was read out: it may have arrived elsewhere. Check the paper.",
    WhomMissing = 129 "電話に出た人の名を入れてください(40字まで)。" / "Enter who answered (40 characters at most).",
    AddresseeDiffers = 130 "書類に書かれた宛先と送り先が違います。書類か送り先を見直してください。" / "The paper is addressed to somebody else. Check the paper and the destination.",
    OthersMentioned = 131 "別の人の氏名か電話番号が文中にあります。書類を直すか、理由を書いてください。" / "Somebody else's name or number is in the text. Correct the paper, or say why.",
    MentionReasonMissing = 132 "別の人の名を書く理由を入れてください(80字まで)。" / "Say why somebody else is named (80 characters at most).",
    SupervisorNeeded = 133 "2回続けて一致しません。係長(点検者)が認めるまで次へ進めません。" / "Two misses in a row: a supervisor has to allow the last attempt.",
    LookedAtAddress = 134 "この送り先の宛先を画面で見たため確認できません。別の職員に頼んでください。" / "You have looked at this address on the screen. Ask a colleague.",
    OtherMachine = 135 "相手機の番号が台帳と違います。誤送信の恐れがあります。すぐに電話で確かめてください。" / "Another machine answered: it may be a misdelivery. Call at once.",
    OtherPageCount = 136 "相手が受けた枚数が違います。電話で確かめてください。" / "Another number of pages arrived. Call there.",

    MissedIt = 137 "合わなかった本人は認められません。別の係長(点検者)を呼んでください。" / "Whoever missed cannot allow it. Call another supervisor.",
    // Misdeliveries
    StoppedByIncident = 140 "誤送付の報告があったため、送る前に取りやめました。" / "Stopped before it left: a misdelivery was reported.",
    AlreadyReported = 141 "この誤送付はもう報告されています。誤送付の一覧で対応を記録してください。" / "It has been reported already. Record what is done in the list of misdeliveries.",
    NothingHasLeft = 142 "まだ送られていない送付です。誤りなら C で取り下げてください。" / "Nothing of it has left. If it is wrong, withdraw it with C.",
    WhatHappenedMissing = 143 "何が起きたかを入れてください(400字まで)。" / "Say what happened (400 characters at most).",
    MomentInvalid = 144 "日時が今より先か、1年より前です。" / "That moment is in the future, or more than a year ago.",
    TooManyPeople = 145 "人数は 99999 人までです。" / "At most 99999 people.",
    EntryDisputed = 168 "2人の入力が 3 回合いませんでした。1人目が原本を見て、C で入れ直してください。" / "Two people keyed it differently three times. The first one looks at the source and enters it again with C.",
    LockUnfit = 169 "この送り方に合う鍵またはパスワードを選んでください。FAX には要りません。" / "Choose the key or password that this way needs. A fax needs none.",
    TextTooLong = 170 "長すぎます。80 字までにしてください。" / "Too long: 80 characters at most.",
    StillKept = 200 "まだ保存期間の中です。もっと前の確認点を指定してください。" / "This is still to be kept. Name an earlier checkpoint.",
    LogNotStopped = 201 "利用記録は止まっていません。再開の手続きは要りません。" / "The log is not stopped. No new epoch is needed.",
    TwoSupervisors = 202 "点検者2名(別の人)の本人確認が要ります。" / "Two supervisors, different people, have to sign in.",
    SlipWrong = 203 "控えの件数と14組が合いません。書き写しを見直してください。" / "Size and groups of the slip do not fit. Look at the copy again.",
    NoSuchCheckpoint = 204 "その件数の控えはありません。控えの件数のとおりに指定してください(初期設定の控えは 1)。" / "No checkpoint of that size. Give the size of a slip (1: that of set-up).",
    SlipNotPrinted = 205 "控えを紙の形にできませんでした。--pdf なしで出して書き写してください。" / "The page could not be made. Take the slip without --pdf and copy it.",
    StoppedLogRead = 206 "止まっている利用記録を調べました。" / "The stopped log was looked into.",
    Cancelled = 198 "取りやめました。" / "Cancelled.",
    PaperListWrong = 199 "控えの一覧に読めない行があります。通知の本文か「件数 ルート14組」の行にしてください。" / "A line of the list is no slip. Give notes as mailed, or lines of size and 14 groups.",
    OfficePhoneMissing = 171 "保健所の電話番号が settings.toml の [office] にありません。FAX の表紙に要ります。" / "settings.toml has no telephone number under [office]. The cover of a fax needs it.",
    NoSuchStep = 167 "取り消す対応が記録されていません。番号を見直してください。" / "No such step is recorded. Look at the digit again.",
    StepIncomplete = 146 "相手か内容が足りません。相手は 40 字、内容は 400 字までです。" / "Say with whom and what: 40 and 400 characters at most.",
    OwnReport = 147 "自分が報告した誤送付は自分では終了できません。別の点検者に頼んでください。" / "Nobody closes what they reported. Ask another supervisor.",
    RecoveryOpen = 148 "回収・廃棄、または回収できないことの記録がありません。先に記録してください。" / "Whether it was recovered or destroyed, or cannot be, is not recorded yet.",
    PreliminaryOpen = 149 "速報の記録がありません。速報を出して記録してから終了してください。" / "No preliminary report is recorded. Send it and record it first.",
    WasReadable = 150 "相手が読める形で送る方法です。「読めない形だった」では終了できません。" / "This way of sending is readable at the other end. Choose another conclusion.",
    NotGotBack = 151 "回収か廃棄の記録がありません。この結論では終了できません。" / "It is not recorded as recovered or destroyed. Choose another conclusion.",
    IncidentClosed = 152 "この誤送付は終了しています。" / "This misdelivery is closed.",

    OtherNumberDialled = 138 "機械の報告では別の番号へ送られています。すぐ X で誤送信を報告してください。" / "The machine dialled another number. Report a misdelivery with X at once.",
    DialledNumberMissing = 166 "機械の報告にある番号を、そのとおりに数字で入れてください。" / "Key the number as the machine's report has it, in digits.",
    NoMedium = 139 "記録媒体への送付ではありません。承認は要りません。" / "This does not go to a medium. No approval is needed.",
    TooMany = 163 "一覧が長すぎます(2000 件まで)。分けてください。" / "The list is too long (2000 at most). Divide it.",
    WasDrill = 162 "これは抜き打ち訓練でした。何も送られません。" / "This was a drill. Nothing is sent.",
    NoFlaw = 161 "その二人の生年月日または番号が同じか、入っていません。別の人を選んでください。" / "Both papers would answer the same, or one has no birth date. Choose somebody else.",
    NotApproved = 160 "記録媒体の持ち出しには係長(点検者)の承認が要ります。先に承認してもらってください。" / "A supervisor has to let the medium out first.",

    CarrierFailed = 84 "相手側の受け口に置けませんでした。原因を確かめ、送付の準備からやり直してください。" / "The carrier did not take it. Find the cause and prepare the sending again.",
    CourierRefused = 85 "配送が指示書を受け付けませんでした。点検者に知らせてください。" / "The courier refused the order. Tell a supervisor.",
    OutcomeUnknown = 86 "送られたか分かりません。配送側の記録と照らし合わせてください。自動では送り直しません。" / "It may or may not have left. Compare with the carrier's own log. It is not sent again by itself.",

    ClockMoved = 87 "時計が動かされたため、この確認は使えません。送付の準備からやり直してください。" / "The clock was moved, so this agreement is void. Prepare the sending again.",

    // Staff
    PersonHasAccount = 96 "この人には使用中の職員番号があります。先にその番号を停止してください。" / "This person has an active account. Suspend that one first.",
    RosterMoved = 99 "提案のあとで名簿が変わりました。もう一度提案してください。" / "The roster has changed since the proposal. Propose it again.",
    NumberTaken = 90 "この職員番号は使われています。" / "This staff number is taken.",
    NumberInvalid = 91 "職員番号は1から8桁の数字です。" / "A staff number is 1 to 8 digits.",
    NameMissing = 92 "氏名と役割を入れてください。" / "Enter a name and at least one role.",
    ApproverSame = 93 "提案した人とは別の管理者の承認が要ります。" / "Another administrator has to approve it.",
    LastOfRole = 94 "最後の一人は停止できません。先に別の職員にその役割を付けてください。" / "The last one with this role cannot be suspended. Give the role to somebody else first.",
    RosterBroken = 95 "署名付き名簿を確かめられません。管理者は uketsuke doctor を実行してください。" / "The signed roster cannot be verified. An administrator should run uketsuke doctor.",

    // The log
    ReviewReasonMissing = 97 "この判断には理由が要ります。理由を書いてください。" / "This verdict needs a reason. Write one.",
    AuditorKeyWrong = 98 "監査用の鍵が合いません。監査の封筒の鍵を確かめてください。" / "The auditor's key does not fit. Check the key in the auditor's envelope.",

    // The clock
    ClockBlocked = 172 "時計が大きく動いたため、送付・確認・登録の手続きを止めています。点検者2名が確かめるまで待ってください。" / "The clock was moved far: sending, confirming and accounts are stopped until two supervisors have acknowledged it.",
    ClockAcknowledged = 173 "この時計のずれはあなたが確認済みです。もう1名は別の人でなければなりません。" / "You have acknowledged this clock step. The other one has to be another person.",
    ClockSettled = 174 "この時計のずれは2名が確認済みです。もう止まっていません。" / "Two people have acknowledged this clock step: it blocks nothing any more.",

    SealPending = 175 "記録は済みましたが、封印を書けませんでした。ディスクの空きを作ってください。次の操作で自動で封印します。" / "It is recorded, but its seal could not be written. Make room on the disk; the next act seals it.",
    PerhapsRecorded = 176 "ディスクに書き切れたか分かりません。空きを作り、一覧で確かめてからやり直してください。" / "The disk may not have kept it. Make room, look whether it is there, and only then do it again.",
    LogPeopleTooMany = 190 "当たる記録が多すぎます。受付番号か、氏名と生年月日で指定してください。" / "Too many records match. Give the number, or the name and the birth date.",
    // The weekly review
    WeekNotOver = 180 "この週はまだ終わっていません。日曜日のあとで点検してください。" / "This week is not over. Review it after its Sunday.",
    ReviewUnfinished = 181 "判断のない行か「あとで」の行が残っています。全部判断してから終了してください。" / "Rows are undecided or put off. Decide them all first.",
    OwnRowsOpen = 182 "自分の行が残っています。別の点検者に判断してもらってください。" / "Rows about yourself are open. Another supervisor decides them.",
    ReviewSigned = 183 "この週の点検は終了しています。判断は変えられません。" / "This week is signed off. Its verdicts stand.",
    NothingToTakeBack = 184 "自分が付けた判断がありません。取り消せるのは自分の判断だけです。" / "There is no verdict of yours here. Only one's own can be taken back.",
    KinIncomplete = 185 "氏名を入れてください(60字まで)。本人の届には生年月日も要ります。" / "Enter a name (60 characters at most), and for yourself a birth date.",
    KinMany = 186 "届けられるのは 30 人までで、本人は 1 回です。先に古い届を消してください。" / "At most 30 people, and yourself once. Remove an old entry first.",

    // The house
    DiskFull = 100 "ディスクがいっぱいです。何も変更していません。空きを作ってください。" / "The disk is full. Nothing was changed. Make room.",
    ReadOnlyDisk = 101 "データの場所に書き込めません。何も変更していません。権限を確かめてください。" / "The data directory cannot be written. Nothing was changed. Check its permissions.",
    Busy = 102 "ほかの処理が続いています。少し待ってやり直してください。" / "Another process is busy. Wait a moment and try again.",
    Damaged = 103 "データベースを読めません(鍵が合わないか壊れています)。使用を止め、管理者に知らせてください。" / "The database cannot be read (wrong key or damage). Stop and tell an administrator.",
    LogBroken = 104 "利用記録と封印が合いません。使用を止め、点検者が audit verify で調べてください。" / "The access log and its seal disagree. Stop; a supervisor runs audit verify.",
    Impossible = 105 "規則に反する行がデータにあります。使用を止め、管理者に知らせてください。" / "A row contradicts the rules. Stop and tell an administrator.",
    StoreRefused = 106 "保存できませんでした。何も変更していません。やり直してください。" / "It could not be saved. Nothing was changed. Try again.",
    NotPrivate = 107 "データの場所を他の利用者が読めます。0700 にしてください。" / "Others can read the data directory. Set it to 0700.",
    NotSetUp = 108 "まだ初期設定がありません。uketsuke を起動して設定してください。" / "Not set up yet. Start uketsuke to set it up.",
    AlreadySetUp = 109 "すでに初期設定が済んでいます。" / "Already set up.",
    SlotForeign = 112 "鍵ファイルの持ち主が職員番号と合いません。使用を止め、点検者に知らせてください。" / "The key file does not belong to this staff number. Stop and tell a supervisor.",
    FilesPending = 111 "記録は済みましたが、ファイルに書き出せませんでした。送付箱を開くか更新(F5)したとき、または次の利用開始のときに、自動で書き直します。" / "It is recorded, but its files could not be written. Opening or refreshing the outbox (F5), or the next sign-in, writes them again.",
    PlanIncomplete = 110 "初期設定の内容が足りません。役所名と2名の点検者を入れてください。" / "The set-up is incomplete: an office name and two supervisors are needed.",
}

impl From<StoreError> for Reason {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => Self::DiskFull,
            StoreError::ReadOnly => Self::ReadOnlyDisk,
            StoreError::Busy => Self::Busy,
            StoreError::Damaged => Self::Damaged,
            StoreError::Impossible => Self::Impossible,
            StoreError::LogBroken => Self::LogBroken,
            StoreError::Unsealed => Self::SealPending,
            StoreError::Unsure => Self::PerhapsRecorded,
            StoreError::Other => Self::StoreRefused,
        }
    }
}

impl From<std::io::Error> for Reason {
    fn from(error: std::io::Error) -> Self {
        Self::from(StoreError::from(error))
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text().ja)
    }
}

impl std::error::Error for Reason {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_say_what_to_do() {
        let mut codes: Vec<u16> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        codes.dedup();
        assert_eq!(codes.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            assert!(reason.text().ja.ends_with('。') && reason.text().en.ends_with('.'), "{reason:?}");
        }
    }
}
