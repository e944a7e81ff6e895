//! Sentences of the verification of the log, and of the slip.
super::texts! {
    TITLE = "利用記録の検証", "Verification of the log";
    /// {0} events.
    EVENTS = "記録の数  {0}", "Events  {0}";
    /// {0} hexadecimal hash.
    HEAD = "最後の記録のハッシュ", "Hash of the last event";
    ROOT = "ルート(紙の控えと見くらべる)", "Root (to compare with slips)";
    HOST_SOUND = "この機械で: 抜け・書き換えは見つかりませんでした。",
        "On this machine: no gap and no alteration was found.";
    /// {0} findings.
    FOUND = "! {0} 件の異常があります。使用を止め、点検者2名で確かめてください。",
        "! {0} findings. Stop; two supervisors must look into it.";
    REMARKS = "参考(異常ではありません):", "Remarks (the log is sound):";
    AUDITOR_CHECKED = "監査鍵で: 封印も確かめました。", "With the auditor's key: the seal was checked too.";
    AUDITOR_SKIPPED = "封印は監査鍵なしのため未確認", "The seal was not checked: no auditor's key";
    /// {0} epochs.
    AUDITOR_WITHOUT = "封印は第 {0} 世代の鍵がないため一部未確認", "The seal was not checked for epoch {0}: no key";
    PAPER_CHECKED = "紙の控え: 照合しました。", "Slips outside: compared.";
    PAPER_SKIPPED = "紙の控えとは未照合", "No slip from outside was compared";
    DETAILS_SKIPPED = "詳細は書き出しにないため未確認", "Details were not checked: they are not in the export";
    /// {0} sequence number or size, {1} what.
    AT = "記録 {0}: {1}", "event {0}: {1}";

    FORMAT_LINE = "書き出しの行が読めません", "a line of the export cannot be read";
    CHAIN_GAP = "この番号の前が抜けています", "something is missing before this number";
    CHAIN_HASH = "ハッシュが合いません", "the hash does not fit";
    CHAIN_UNREADABLE = "読めません", "unreadable";
    CHAIN_MISPLACED = "別の番号・別の記録のものです", "belongs to another number or log";
    CHAIN_PREVIOUS = "前の記録とつながりません", "does not follow the one before";
    CHAIN_TRANSACTION = "まとまりの番号が合いません", "belongs to no transaction";
    CHAIN_ERASED = "承認のない消去です", "erased without leave of two people";
    COLUMN_DIFFERS = "検索用の列が記録と違います", "a column differs from the sealed record";
    DETAIL_ALTERED = "詳細が書き換えられています", "the detail was altered";
    DETAIL_ORPHAN = "持ち主のない詳細があります", "a detail without an event";
    DETAIL_MISSING = "詳細がありません", "the detail is missing";
    CLOCK_UNRECORDED = "時計が動かされ、その記録がありません", "the clock was moved without a record";
    CLOCK_STEP = "時計が動かされました(記録あり)", "the clock was moved (on record)";
    HEARTBEAT_MISSING = "その日の最初の記録がありません", "the first record of the day is missing";
    HEARTBEAT_QUIET = "この前に記録のない日があります", "there were days without any record before";
    CHECKPOINT_NOTE = "確認点の書式が違います", "the checkpoint is no note of this log";
    CHECKPOINT_SIGNATURE = "確認点の署名が合いません", "the checkpoint's signature does not fit";
    CHECKPOINT_ROOT = "確認点のルートが合いません", "the checkpoint has another root";
    CHECKPOINT_BEYOND = "記録が確認点より短いです", "the log is shorter than this checkpoint";
    CHECKPOINT_UNNAMED = "記録にない確認点です", "no event names this checkpoint";
    CHECKPOINT_MISSING = "確認点がなくなっています", "the checkpoint is gone";
    CHECKPOINT_COSIGNATURE = "点検者の署名が合いません", "a supervisor's signature does not fit";
    CHECKPOINT_PLACE = "確認点の位置が違います", "names a checkpoint elsewhere";
    CHECKPOINT_HOST_KEY = "この機械の鍵と違います", "not the key of this installation";
    CHECKPOINT_AGGREGATE = "確認点の封印が合いません", "the checkpoint's seal does not fit";
    PURGE_UNSIGNED = "2名の署名のない消去です", "an erasure without two signatures";
    PURGE_ROOT = "消去のルートが合いません", "an erasure with another root";
    EPOCH_UNSIGNED = "2名の署名のない再開です", "a new epoch without two signatures";
    EPOCH_ROOT = "再開の前の記録と合いません", "a new epoch that does not fit what was before";
    EPOCH_STARTED = "ここから記録を再開しました(2名)", "a new epoch begins here (two people)";
    EPOCH_GAP = "失われた記録が届け出られています", "lost events were declared";
    SEAL_MISSING = "封印がありません", "the seal is missing";
    SEAL_AHEAD = "記録が封印より短いです(切取り・巻戻し)", "the log is shorter than its seal: cut or rolled back";
    SEAL_BEHIND = "封印が記録に追いついていません", "the seal is behind the log";
    SEAL_EPOCH = "封印と記録の世代が違います", "seal and log are of different epochs";
    SEAL_KEY = "監査の鍵が最初の記録と違います", "the auditor's key is not the one of this log";
    SEAL_FORGED = "過去が書き換えられています", "the past was rewritten";
    PAPER_FOREIGN = "別の記録の控えです", "a slip of another log";
    PAPER_SHORTER = "控えより記録が短いです", "the log is shorter than the slip";
    PAPER_ROOT = "控えとルートが違います", "another root than on the slip";
    PAPER_DECLARED = "控えと違いますが、届出済です", "differs from the slip, as was declared";
    PEOPLE_ROSTER = "職員名簿の署名が合いません", "the signed roster does not fit";
    RECORD_LOST = "登録した届出の行がありません", "the report that was registered is not there";
    RECORD_DIFFERS = "届出の今の版が記録と違います", "the record's present version is another";
    RECORD_UNLOGGED = "登録の記録がない届出の行があります", "records that nobody registered";
    REGISTER_LOST = "送付先の登録が台帳にありません", "the entry is not in the register";
    REGISTER_DIFFERS = "送付先の確認か停止が台帳にありません", "confirmed or frozen, and the register is not";
    DATABASE_INTEGRITY = "データベースの検査に通りません", "the database fails its own check";
}
