//! Sentences of the entry screen, the picker and the record view.

super::texts! {
    REGISTERED = "登録しました", "Registered";
    REPORT = "発生届", "Report";
    REQUEST = "要請", "Request";
    ANSWER = "報告", "Answer";
    /// A letter or an order: nobody waits for an answer.
    DOCUMENT = "書類", "Document";
    FOLLOW_UP = "経過", "Follow-up";
    NEW_REPORT = "新規受付", "New";
    /// {0} time.
    DRAFT_AT = "下書き {0}", "draft {0}";
    DRAFT_SAVING = "保存中", "saving";
    DRAFT_FAILED = "! 未保存", "! not saved";
    DRAFT_OPENING = "受付中", "opening";
    /// {0} page, {1} pages, {2} its title.
    PAGE = "{0}/{1} {2}", "{0}/{1} {2}";
    /// {0} filled, {1} required, {2} missing, {3} errors.
    COUNTS = "必須 {0}/{1}  未入力 {2}  誤り {3}", "required {0}/{1}  missing {2}  errors {3}";
    DEFAULT = "(既定)", "(default)";
    /// {0} law, form or document.
    SOURCE = "根拠: {0}", "Source: {0}";
    SOURCE_PARTLY = "根拠: {0}  ? の選択肢は原本と未照合", "Source: {0}  answers with ? are not compared";
    SOURCE_UNVERIFIED = "? 原本と未照合: {0}", "? not compared: {0}";
    /// {0} number of the printed form.
    FORM_OF = "別記様式 {0}", "Form {0}";
    EMPTY = "-", "-";
    /// {0} digits.
    DIGITS_LEFT = "あと {0} 桁", "{0} more digits";
    /// {0} the day, {1} Gregorian year.
    BIRTH = "{0}({1})", "{0} ({1})";
    YEARS_OLD = "{0}歳", "{0} years old";

    HINT_DATE = "例 14  714  080714  R8.7.14  t 今日  y 昨日  = 上と同じ", "e.g. 14  714  080714  R8.7.14  t today  y yesterday  = as above";
    HINT_DATE_SHORT = "例 714  R8.7.14  t 今日", "e.g. 714  R8.7.14  t today";
    HINT_BIRTH = "例 3500304  S50.3.4  19750304", "e.g. 3500304  S50.3.4  19750304";
    /// Where the focus goes on behind it.
    HINT_BIRTH_GOES_ON = "例 3500304(3-5 で始まる 7 桁は自動で次へ)  S50.3.4  19750304", "e.g. 3500304 (seven digits from 3-5 go on by themselves)  S50.3.4  19750304";
    HINT_TIME = "例 930  1430  14:30", "e.g. 930  1430  14:30";
    HINT_PHONE = "数字だけ。線は自動。多い桁は消さずに示します。", "Digits only; lines come by themselves.";
    HINT_POSTAL = "数字 7 桁。3 桁から F2 で候補", "Seven digits; from three on F2 shows candidates";
    HINT_READING = "ローマ字またはかな。カタカナになります。", "Romaji or kana; becomes katakana.";
    /// {0} keys.
    HINT_CHOICE = "{0} で選びます。", "Choose with {0}.";
    HINT_CHOICES = "{0} で付けたり消したり。Enter で次へ。", "{0} switch on and off. Enter goes on.";
    HINT_REGISTER = "番号、またはよみ(ローマ字)で候補。F2 で全部", "The number, or its reading for candidates; F2 shows all";
    HINT_NUMBER = "数字", "A number";
    /// {0} characters.
    HINT_TEXT = "{0} 字まで", "Up to {0} characters";

    /// A reading is no number: Enter leads nowhere while one stands there.
    OFFER_HOW_NUMBER = "1-9 で選ぶ  Esc で候補を閉じる", "1-9 choose, Esc closes the candidates";
    OFFER_HOW = "1-9 で選ぶ  Enter で入力に戻る", "1-9 choose, Enter goes back to typing";
    /// {0} page, {1} pages.
    OFFER_PAGE = "F8 次の候補 {0}/{1}", "F8 more {0}/{1}";
    CHOOSE_ONE = "1-9 で選んでください。Esc で候補を閉じます。", "Choose with 1-9; Esc closes the candidates.";
    NO_OFFER = "候補はありません。そのまま入力してください。", "There are no candidates: just type.";
    NO_SURNAME = "姓の候補はありません。姓を入れて空白を押すと、名の候補が出ます。", "No such surname: type it and a space, and given names are offered.";
    NO_SPELLING = "そのよみの候補はありません。かな漢字で入力してください。", "No candidates for this reading. Type it with the input method.";
    POSTAL_UNKNOWN = "その郵便番号は表にありません。住所を入力してください。", "The table has no such code. Type the address.";
    /// {0} address.
    POSTAL_DIFFERS = "この郵便番号は {0} です。F2 で候補を見ます。", "This code is {0}. F2 shows candidates.";
    OUTSIDE = "管外", "outside";
    /// {0} municipality.
    ELSEWHERE = "管外です({0})。受け付けて、管轄へ回します(法12条3項)。", "Outside our area ({0}): take it in and pass it on (Act 12-3).";
    NOT_IN_CP932 = "CP932外", "not in CP932";
    HAS_DIGITS = "数字あり", "digits";
    DIGITS_IN_NAME = "氏名に数字があります。紙のとおりなら、このままで構いません。", "The name has digits. If the paper has them, leave it so.";
    /// {0} characters.
    UNWRITABLE = "CP932 にない字: {0}  写した先で確かめてください。", "Not in CP932: {0}. Look at it where it is copied to.";
    /// {0} the keys of the answers.
    NO_SUCH_ANSWER = "その選択肢はありません。{0} で選びます。", "There is no such answer: choose with {0}.";
    NOT_TYPED = "ここには入力できません。", "This cannot be typed here.";
    NO_DITTO = "同じ様式の前回の登録に、この項目の値はありません。", "The last registered record of this form has no value here.";
    /// Before a field for the number on the paper or a part of a label.
    FIND_ITEM = "用紙の番号か項目名", "Number on the form, or label";
    NO_SUCH_ITEM = "合う項目がありません。用紙の番号か、項目名の一部でさがします。", "No such item. Try the number on the form, or a part of the label.";
    LAST_ITEM = "最後の項目です。F12 で登録します。", "This is the last item. F12 registers.";
    NOTHING_TO_UNDO = "元に戻すものはありません。", "Nothing to undo.";
    NOTHING_TO_REDO = "やり直すものはありません。", "Nothing to redo.";
    ALL_FILLED = "未入力も誤りもありません。F12 で登録します。", "Nothing is missing or wrong. F12 registers.";
    WENT_ON = "生年月日がそろったので次の項目に来ています。もう一度 Enter で先へ進みます。", "The birth date is complete; this is the next item. Enter once more goes on.";
    CANNOT_GO_ON = "もう一度押すと次へ。", "Again: go on.";

    /// {0} examples, here and below.
    DATE_UNREADABLE = "日付として読めません。例 {0}", "This is not a date; e.g. {0}.";
    DATE_INCOMPLETE = "日付が途中です。例 {0}", "The date is incomplete; e.g. {0}.";
    DATE_YEAR_NEEDED = "年も入れてください。例 {0}", "The year is needed, e.g. {0}.";
    DATE_ERA_NEEDED = "元号も入れてください。例 {0}", "The era is needed, e.g. {0}.";
    DATE_NOTHING_ABOVE = "上に日付がありません。例 {0}", "There is no date above; type one, e.g. {0}.";
    DATE_NO_SUCH_DAY = "その日はありません。", "There is no such day.";
    DATE_LIMITS = "月は 12、日は月末まで、年は 1 から。", "Months go to 12, years begin with 1.";
    DATE_OUTSIDE_ERA = "その元号にその日はありません。", "That day is not in that era.";
    CHECK_YEAR = "年を確かめてください。", "Check the year.";
    DATE_OUT_OF_CALENDAR = "1868年より前か2100年より後です。", "Before 1868 or after 2100.";
    DATE_FUTURE = "先の日付です。今日までの日付を入れてください。", "In the future: a date until today, please.";
    /// {0} the date meant.
    DATE_SUGGESTION = "F2 で {0} にします。", "F2 makes it {0}.";
    /// {0} digits.
    PHONE_SURPLUS = "{0} 桁多いです。余りを消してください。", "{0} digits too many: delete the rest.";
    /// {0} digits, beside the field.
    DIGITS_OVER = "{0} 桁多い", "{0} digits too many";
    /// {0} digits.
    PHONE_MISSING = "{0} 桁足りません。紙を確かめてください。", "{0} digits are missing: look at the paper.";
    PHONE_BAD = "電話番号として読めません。0 で始まる 10 桁か 11 桁です。", "No phone number: 10 or 11 digits beginning with 0.";
    READING_BAD = "かなにならない字があります。例 karino hanae、かりの", "Some letters make no kana; e.g. karino hanae.";
    /// {0} characters.
    TOO_LONG = "{0} 字多いです。消さずに残しました。短くしてください。", "{0} characters too many (kept): shorten it.";

    PROBLEMS_TITLE = "検査の結果", "Check";
    /// {0} errors, {1} warnings.
    PROBLEMS_COUNT = "誤り・未入力 {0} 件  注意 {1} 件", "{0} errors, {1} warnings";
    PROBLEMS_NONE = "誤りも注意もありません。", "No errors and no warnings.";
    PROBLEMS_HOW_NONE = "Enter か Esc で入力に戻る", "Enter or Esc goes back to typing";
    KEY_TO_ITEM = "その項目へ", "to the item";
    KEY_TYPING = "入力に戻る", "back to typing";
    KEY_REGISTER = "登録する", "register";
    KEY_REASON = "理由を決める", "take the reason";
    KEY_NO_REASON = "やめる", "leave it";
    PROBLEMS_HOW = "Enter その項目へ  Esc 入力に戻る", "Enter goes to the item, Esc back to typing";
    /// {0} how many, {1} number of the record, {2} whose it is.
    COPIED = "{0} 項目を写しました(氏名・症状などは除く)。もとは {1} {2}。", "{0} items copied, never who the person is, from {1} {2}.";
    NOTHING_BEFORE = "写すもとがありません。先に届出を 1 件登録してください。", "Nothing to copy from: register a report first.";
    NOTHING_COPIED = "写せる空欄はありません。入っている項目は変えません。", "No empty item to copy into; what is filled stays.";
    REASON_DIGITS = "理由  1 原本のとおり  2 届出元に確認済み  3 ことばで書く", "Reason  1 as on the paper  2 sender was asked  3 in words";
    REASON_ON_PAPER = "原本のとおり", "as on the paper";
    REASON_ASKED_SENDER = "届出元に確認済み", "the sender was asked";
    /// {0} the reason.
    REASON_IS = "理由: {0}", "Reason: {0}";
    REASON_LABEL = "理由", "Reason";
    REASON_EMPTY = "理由を書いてください(100字まで)。Esc でやめます。", "Write a reason (100 characters). Esc leaves.";
    /// {0} how many.
    REASON_WANTED = "理由のない注意が {0} 件あります。直すか、数字で理由を選んでください。", "{0} warnings want a reason: correct them, or choose one by digit.";
    CONFIRM_HOW = "Enter で登録します。Esc で入力に戻ります。", "Enter registers, Esc goes back to typing.";
    WARNING = "注意", "warning";
    ERROR = "誤り", "error";
    REGISTERING = "登録しています。", "Registering.";
    WAITING_FOR_SAVE = "下書きの保存を待っています。", "Waiting for the draft to be saved.";
    LEAVE_UNSAVED = "F3 をもう一度押すと、保存せずに戻ります。", "Press F3 again to leave without saving.";
    NOBODY = "利用開始していません。開始してから続けてください。", "Nobody is signed in. Sign in and go on.";

    /// {0} who, {1} when, {2} version.
    CONFLICT_WHO = "入力中に {0} さんが {1} に第 {2} 版を登録しました。", "While you were typing, {0} registered version {2} at {1}.";
    CONFLICT_KEPT = "あなたの入力は登録していません。下書きは残っています。", "Yours was not registered; your draft is kept.";
    CONFLICT_KEEP = "自分の下書きに戻る", "back to my draft";
    CONFLICT_OPEN = "相手の登録を開く", "open their version";

    PICKER_TITLE = "疾患の選択", "Choose the form";
    PICKER_PROMPT = "さがす", "Find";
    PICKER_HOW = "ローマ字 かな 漢字 略号(o157) 番号", "romaji, kana, kanji, alias (o157), number";
    ADD_TITLE = "経過を足す", "Add to the case";
    ADD_CHOOSE = "記録の選択", "Choose a record";
    PICKER_HEAD = "    類   番号 名称                               よみ                     期限", "    class     no.  name                            reading                  due";
    PICKER_NONE = "合う様式がありません。字を消してさがし直してください。", "No form matches. Delete letters and try again.";
    PICKER_LOADING = "様式を読み込んでいます。", "Loading the forms.";
    PICKER_DECIDE = "1-9 または Enter で決定", "1-9 or Enter decides";
    /// {0} found, {1} all.
    PICKER_COUNT = "{0}/{1} 件", "{0}/{1}";
    /// {0} name, {1} aliases, {2} items, {3} required.
    PICKER_DETAIL = "{0}  別名 {1}  項目 {2} (必須 {3})", "{0}  also {1}  {2} items ({3} required)";
    PICKER_INTAKE_KEY = "受付の内容", "intake";
    /// {0} channel, {1} pages, {2} time.
    INTAKE = "受付  {0}{1}  {2}", "Received  {0}{1}, {2}";
    /// {0} number: behind how it came.
    INTAKE_SHEETS = " {0}枚", ", {0} sheets";
    INTAKE_CHANNEL = "受付方法", "How it came";
    INTAKE_PAGES = "枚数", "Sheets";
    INTAKE_TIME = "受付時刻", "Received at";
    INTAKE_HINT = "時刻は 912 や 09:12。Enter で次、Esc でさがすに戻る。", "Time as 912 or 09:12. Enter next, Esc back to the search.";
    INTAKE_BAD = "読めません。枚数は 0-999、時刻は 00:00 から今まで。", "Not readable: sheets 0-999, time 00:00 until now.";
    CHANNEL_FAX = "FAX", "FAX";
    CHANNEL_PHONE = "電話", "phone";
    CHANNEL_PAPER = "紙", "paper";
    CHANNEL_FILE = "ファイル", "file";
    CHANNEL_OWN = "自所", "own";
    CLASS_1 = "一類", "class 1";
    CLASS_2 = "二類", "class 2";
    CLASS_3 = "三類", "class 3";
    CLASS_4 = "四類", "class 4";
    CLASS_5 = "五類", "class 5";
    CLASS_PANDEMIC = "新型", "pandemic";
    CLASS_DESIGNATED = "指定", "designated";
    CLASS_NEW = "新感染", "new";
    CLASS_FOLLOW_UP = "経過", "follow-up";
    CLASS_HOME = "在宅", "home care";
    AT_ONCE = "直ちに", "at once";
    /// {0} days.
    DAYS = "{0}日", "{0}d";

    /// {0} number of a record and its person, {1} what comes from it.
    OF_RECORD = "{0} の{1}", "{1} of {0}";
    RECORD_TITLE = "登録内容", "Record";
    /// {0} version, {1} who, {2} when.
    RECORD_VERSION = "第 {0} 版  {1}  {2} 登録", "version {0}, {1}, {2}";
    RECORD_HOW = "Enter で訂正  F10 送付  F3 戻る", "Enter corrects, F10 sends, F3 back";
    /// Of a colleague's version during a conflict.
    RECORD_HOW_ALONE = "Enter で訂正  F3 戻る", "Enter corrects, F3 back";
    RECORD_CORRECT = "訂正", "correct";
    LOADING = "読み込んでいます。", "Loading.";
}
