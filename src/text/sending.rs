//! Why something was not confirmed, not sent or not delivered.
use super::Text;

/// The sentence for a code of `transmission::Refusal`, `order::OrderRefusal` or `courier::Obstacle`.
pub fn reason(code: &str) -> Option<Text> {
    REASONS.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
}

/// Every code that has a sentence.
pub fn codes() -> impl Iterator<Item = &'static str> {
    REASONS.iter().map(|(code, _)| *code)
}

/// Subject of a mail with a checkpoint of the log; its size follows. Nobody can set another.
pub const COPY_SUBJECT: &str = "利用記録の控え / Access log checkpoint";

/// The words before the note.
pub const COPY_BODY: &str = "\
受付システムの利用記録の控えです。個人情報は含みません。返信は要りません。
このメールは消さずに保管してください。記録の検証のときに下の5行を使います。
A checkpoint of the access log. It holds no personal data; no answer is needed.
Please keep this mail. The five lines below are used when the log is verified.";

/// The subject of every mail, unless the site words it itself. The recipient reads Japanese.
pub const MAIL_SUBJECT: &str = "{office}からの文書 ({number})";

/// The body of every mail, unless the site words it itself.
pub const MAIL_BODY: &str = "\
{office}から、暗号化した文書を 1 件お送りします (送信番号 {number})。
開くためのパスワードまたは鍵は、あらかじめお知らせしたものをお使いください。
文書の名あて人でない場合は、開かずに{office}までご連絡ください。
このメールの本文と件名に個人情報はありません。
";

const REASONS: &[(&str, Text)] = &[
    // The step
    (
        "out-of-order",
        Text::new("今の状態ではこの操作はできません。", "This step is not possible in this state."),
    ),
    ("finished", Text::new("この送信はすでに終わっています。", "This transmission is finished.")),
    (
        "already-left",
        Text::new("すでに送信されたか、送信された可能性があります。", "It has left, or may have."),
    ),
    (
        "other-submission",
        Text::new("別の提出に対する確認です。", "The evidence is about another submission."),
    ),
    ("in-flight", Text::new("現在送信処理中です。", "It is being dispatched.")),
    (
        "not-retried",
        Text::new(
            "送信の成否が不明です。送信記録を確かめてから判定してください。",
            "It may have left: compare the carrier's log, it is not retried by itself.",
        ),
    ),
    // Who
    (
        "own-submission",
        Text::new("自分が提出したものは確認できません。", "One's own submission cannot be confirmed."),
    ),
    (
        "same-person",
        Text::new(
            "同じ職員の別アカウントでは確認できません。",
            "Two accounts of one person are not two people.",
        ),
    ),
    ("same-account", Text::new("提出者と確認者が同じです。", "Submitter and confirmer are the same.")),
    ("edited", Text::new("内容を編集した人は確認できません。", "Who edited the content cannot confirm it.")),
    (
        "confirmer-inactive",
        Text::new("確認者のアカウントは停止中です。", "The confirmer's account is not active."),
    ),
    (
        "submitter-inactive",
        Text::new("提出者のアカウントは停止中です。", "The submitter's account is not active."),
    ),
    (
        "confirmer-suspended",
        Text::new("確認者のアカウントは停止中です。", "The confirmer's account is suspended."),
    ),
    (
        "submitter-suspended",
        Text::new("提出者のアカウントは停止中です。", "The submitter's account is suspended."),
    ),
    ("unknown-submitter", Text::new("提出者が職員名簿にありません。", "The submitter is not in the roster.")),
    ("unknown-confirmer", Text::new("確認者が職員名簿にありません。", "The confirmer is not in the roster.")),
    ("submitter-not-entitled", Text::new("提出者に権限がありません。", "The submitter may not submit.")),
    ("confirmer-not-entitled", Text::new("確認者に権限がありません。", "The confirmer may not confirm.")),
    // What and where
    (
        "content-changed",
        Text::new(
            "提出後に内容が変わりました。もう一度提出してください。",
            "The content changed since it was submitted: submit it again.",
        ),
    ),
    (
        "entry-changed",
        Text::new(
            "提出後に送り先台帳が変わりました。",
            "The destination entry changed since the submission.",
        ),
    ),
    (
        "entry-unconfirmed",
        Text::new(
            "送り先が二人で確認されていません。",
            "The destination entry is not confirmed by two people.",
        ),
    ),
    ("entry-expired", Text::new("送り先の有効期限が切れています。", "The destination entry has expired.")),
    ("entry-frozen", Text::new("送り先は凍結中です。", "The destination is frozen.")),
    (
        "withdrawn",
        Text::new(
            "取り下げたものです。だれかが送付箱に戻しました。管理者に知らせてください。",
            "Withdrawn; somebody has put it back. Tell an administrator.",
        ),
    ),
    (
        "outbox-trouble",
        Text::new(
            "配送待ちのファイルを読み書きできません。",
            "A file of the outbox cannot be read or written.",
        ),
    ),
    ("destination-frozen", Text::new("送り先は凍結中です。", "The destination is frozen.")),
    (
        "party-suspended",
        Text::new("送信者か確認者が停止されています。", "The sender or the confirmer is suspended."),
    ),
    ("address-differs", Text::new("入力した宛先が一致しません。", "The address does not match.")),
    (
        "transport-differs",
        Text::new("確認した宛先と異なるため送信しません。", "The carrier was given another address."),
    ),
    (
        "artefact-differs",
        Text::new("確認した内容と送信ファイルが異なります。", "The package is not the confirmed one."),
    ),
    // Evidence
    (
        "credential-reset",
        Text::new(
            "7日以内に認証を再設定した相手とは組めません。",
            "One party reset the other's credentials within seven days.",
        ),
    ),
    (
        "initial-password",
        Text::new(
            "再設定後のパスワードがまだ変更されていません。",
            "The password after the reset is not yet an own one.",
        ),
    ),
    (
        "evidence-foreign",
        Text::new("別の操作のための認証です。", "Password and code were given for something else."),
    ),
    ("evidence-used", Text::new("この認証は使用済みです。", "Password and code were already used.")),
    (
        "evidence-stale",
        Text::new(
            "認証から時間が経ちすぎました。もう一度入力してください。",
            "Password and code are too old: give them again.",
        ),
    ),
    (
        "code-replayed",
        Text::new(
            "この確認コードは使用済みです。次のコードを待ってください。",
            "This code was used before: wait for the next one.",
        ),
    ),
    // Time
    ("time-reversed", Text::new("時刻の順序が正しくありません。", "The times are not in order.")),
    (
        "confirmed-before-submitted",
        Text::new("提出より前に確認されています。", "It was confirmed before it was submitted."),
    ),
    (
        "confirmation-expired",
        Text::new("確認から4時間を過ぎました。", "The confirmation is older than four hours."),
    ),
    ("expired", Text::new("確認から4時間を過ぎました。", "The confirmation is older than four hours.")),
    ("other-day", Text::new("確認は当日中だけ有効です。", "A confirmation is good on its day only.")),
    (
        "from-the-future",
        Text::new(
            "確認の時刻が未来です。時計を調べてください。",
            "The confirmation is from the future: look at the clock.",
        ),
    ),
    (
        "clock-stepped",
        Text::new(
            "時計が飛びました。点検者が確かめるまで送信できません。",
            "The clock jumped and nobody has looked into it.",
        ),
    ),
    (
        "not-approved",
        Text::new(
            "記録媒体の持ち出しが承認されていません。",
            "No supervisor has let this medium out of the house.",
        ),
    ),
    (
        "approver-signature",
        Text::new("承認者の署名が正しくありません。", "The approver's signature does not fit."),
    ),
    // The order
    ("order-too-large", Text::new("送信指示書が大きすぎます。", "The order is too large.")),
    ("order-malformed", Text::new("送信指示書の形式が正しくありません。", "The order is not in its format.")),
    ("foreign-vault", Text::new("別の設置の送信指示書です。", "The order is from another installation.")),
    (
        "submitter-signature",
        Text::new("提出者の署名が正しくありません。", "The submitter's signature does not fit."),
    ),
    (
        "confirmer-signature",
        Text::new("確認者の署名が正しくありません。", "The confirmer's signature does not fit."),
    ),
    (
        "other-statement",
        Text::new("確認の対象が異なります。", "The confirmation is about another statement."),
    ),
    (
        "other-destination",
        Text::new("送り先が署名されたものと異なります。", "The destination is not the signed one."),
    ),
    (
        "other-manifest",
        Text::new("ファイル一覧が署名されたものと異なります。", "The list of files is not the signed one."),
    ),
    ("other-name", Text::new("送信ファイルの名前が異なります。", "The package has another name.")),
    (
        "other-artefact",
        Text::new("送信ファイルが署名されたものと異なります。", "The package is not the signed one."),
    ),
    // Around the order
    (
        "not-a-file",
        Text::new(
            "送信箱に通常のファイルでないものがあります。",
            "The order or the package is not a regular file.",
        ),
    ),
    ("other-id", Text::new("送信指示書の名前と中身が異なります。", "The order's name and content differ.")),
    ("replayed", Text::new("この送信指示書は処理済みです。", "This order was answered before.")),
    (
        "no-carrier",
        Text::new(
            "この送り方は設定されていません。settings.toml を確かめてください。",
            "This way out is not configured: see settings.toml.",
        ),
    ),
    (
        "other-pages",
        Text::new(
            "紙にする中身が署名されたものと異なります。",
            "The pages are not the signed ones, or are sealed to another dispatcher.",
        ),
    ),
    ("package-missing", Text::new("送信ファイルがありません。", "The package is missing.")),
    ("package-too-large", Text::new("送信ファイルが大きすぎます。", "The package is too large.")),
    (
        "package-not-encrypted",
        Text::new("送信ファイルが暗号化されていません。", "The package is not encrypted."),
    ),
    (
        "target-occupied",
        Text::new(
            "送り先フォルダに同じ名前の別のファイルがあります。",
            "Another file of this name lies in the destination's folder.",
        ),
    ),
    (
        "folder-unsafe",
        Text::new(
            "送り先フォルダが通常のフォルダではありません。",
            "The destination's folder is not a plain folder.",
        ),
    ),
    // Carriers
    (
        "no-courier-key",
        Text::new(
            "配送係の鍵がありません。uketsuke doctor で確かめてください。",
            "The courier has no key. Check with uketsuke doctor.",
        ),
    ),
    (
        "folder-unavailable",
        Text::new("受け渡しフォルダーに書けません。", "The drop folder cannot be written."),
    ),
    (
        "relay-unreachable",
        Text::new("メールの中継サーバーにつながりません。", "The mail relay does not answer."),
    ),
    (
        "relay-busy",
        Text::new(
            "メールの中継サーバーが後にするよう求めています。",
            "The mail relay asks to come back later.",
        ),
    ),
    (
        "relay-untrusted",
        Text::new(
            "中継サーバーの証明書を信用できません。ca_file と期限を確かめてください。",
            "The relay's certificate is not trusted. Check ca_file and its dates.",
        ),
    ),
    (
        "relay-without-tls",
        Text::new(
            "中継サーバーが暗号化に応じません。管理者に確かめてください。",
            "The relay does not encrypt. Ask who runs it.",
        ),
    ),
    (
        "relay-login-refused",
        Text::new(
            "中継サーバーがログインを拒みました。利用者名とパスワードを確かめてください。",
            "The relay refused the login. Check user and password.",
        ),
    ),
    (
        "relay-refused",
        Text::new("中継サーバーがメールを受け取りませんでした。", "The relay did not take the mail."),
    ),
    (
        "recipient-refused",
        Text::new(
            "中継サーバーがあて先を受け付けません。送り先台帳を確かめてください。",
            "The relay does not take this address. Check the register.",
        ),
    ),
    (
        "relay-lost",
        Text::new(
            "内容を渡す前に接続が切れました。何も送られていません。",
            "The line broke before the content. Nothing left.",
        ),
    ),
    (
        "carrier-file-unreadable",
        Text::new(
            "設定にある証明書かパスワードのファイルを読めません。",
            "The certificate or password file of the settings cannot be read.",
        ),
    ),
    ("fax-unavailable", Text::new("FAXサーバーが応答しません。", "The fax server does not answer.")),
    ("fax-busy", Text::new("相手のFAXが話し中でした。", "The other fax was busy.")),
    ("fax-no-answer", Text::new("相手のFAXが出ませんでした。", "The other fax did not answer.")),
    (
        "fax-no-connection",
        Text::new(
            "相手のFAXにつながりませんでした。番号を確かめてください。",
            "No fax was reached. Check the number.",
        ),
    ),
    (
        "fax-unreadable",
        Text::new(
            "FAXサーバーが紙面を作れず、発信していません。",
            "The fax server could not make pages and did not dial.",
        ),
    ),
    (
        "printer-unavailable",
        Text::new("印刷プログラムを起動できません。", "The printing program cannot be started."),
    ),
    (
        "medium-missing",
        Text::new(
            "登録した媒体が入っていません。入れると続きます。",
            "The registered medium is not in. Insert it to go on.",
        ),
    ),
    ("medium-other", Text::new("別の番号の媒体が入っています。", "A medium with another number is in.")),
    ("medium-full", Text::new("媒体に空きがありません。", "The medium is full.")),
    ("medium-not-writable", Text::new("媒体に書き込めません。", "The medium cannot be written.")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_code_stands_twice() {
        let codes: BTreeSet<&str> = REASONS.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), REASONS.len());
        assert!(reason("edited").is_some() && reason("no such code").is_none());
    }
}
