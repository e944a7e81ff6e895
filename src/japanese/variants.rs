//! Kanji that are the same kanji in another dress, for comparing names. Never for storing or showing one.
//!
//! Sources: the old forms (in parentheses) of 常用漢字表 (内閣告示第2号, 2010) and the pairs of 人名用漢字 in
//! 戸籍法施行規則 別表第二, both texts of law and outside of copyright (著作権法13条); after them, collected for this
//! program, forms of family names that registers know and dictionaries call popular (俗字). Compatibility ideographs
//! are not listed: Unicode folds them itself.
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Each group: the everyday form, then what is taken for it.
const GROUPS: [&str; 3] = [OF_THE_LAW, OF_GIVEN_NAMES, OF_FAMILY_NAMES];

const OF_THE_LAW: &str = "亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 \
    桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 巻卷 陥陷 勧勸 \
    寛寬 関關 歓歡 観觀 気氣 帰歸 既旣 亀龜 偽僞 戯戲 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 \
    薫薰 径徑 茎莖 恵惠 掲揭 渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊 欠缺 県縣 倹儉 剣劍 険險 圏圈 検檢 献獻 権權 \
    顕顯 験驗 厳嚴 戸戶 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國圀 黒黑 歳歲 済濟 砕碎 斎齋斉齊 剤劑 桟棧 蚕蠶 惨慘 賛贊 \
    残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 将將 称稱 焼燒 \
    証證 奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 \
    随隨 枢樞 数數 瀬瀨 声聲 静靜 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 \
    曽曾 装裝 総總 騒騷 増增 蔵藏 即卽 属屬 続續 対對 体體 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 団團 断斷 弾彈 \
    遅遲 虫蟲 昼晝 鋳鑄 庁廳 聴聽 鎮鎭 逓遞 鉄鐵銕 点點 転轉 伝傳 灯燈 当當 党黨 稲稻 闘鬪 徳德 独獨 読讀 届屆 悩惱 \
    覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 秘祕 浜濱濵 仏佛 払拂 併倂 並竝 餅餠 辺邉邊 変變 弁辨瓣辯 宝寶寳 豊豐 \
    没沒 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍 両兩 \
    猟獵 緑綠 涙淚 塁壘 励勵 礼禮 霊靈 齢齡 恋戀 労勞 楼樓 録錄 湾灣 歩步 舎舍 徴徵 雑雜";

const OF_GIVEN_NAMES: &str =
    "凛凜 遥遙 尭堯 槙槇 祷禱 禄祿 穣穰 萌萠 晃晄 桧檜 亘亙 岩巌巖 篭籠 薮藪 鴎鷗 祢禰";

const OF_FAMILY_NAMES: &str = "高髙 崎﨑碕嵜 吉𠮷 島嶋嶌 淵渕渊 館舘 桑桒 富冨 橋槗 村邨 野埜 柳桺栁 昇曻 園薗 梅楳 \
    松枩 秋穐龝 船舩 峰峯 群羣";

/// The everyday form of a kanji whose old or popular forms are frequent in names; any other character as it is.
pub(super) fn common_form(c: char) -> char {
    static FORMS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| pairs().collect());
    FORMS.get(&c).copied().unwrap_or(c)
}

/// A form that is taken for another, and that other one.
fn pairs() -> impl Iterator<Item = (char, char)> {
    GROUPS.into_iter().flat_map(str::split_whitespace).flat_map(|group| {
        let mut forms = group.chars();
        let everyday = forms.next();
        forms.filter_map(move |form| everyday.map(|everyday| (form, everyday)))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Otherwise the key of a key would be another key.
    #[test]
    fn every_kanji_stands_in_one_group() {
        let mut seen = BTreeSet::new();
        for group in GROUPS.into_iter().flat_map(str::split_whitespace) {
            assert!(group.chars().count() >= 2, "{group} is no group");
            for c in group.chars() {
                assert!(seen.insert(c), "{c} stands twice");
                assert_eq!(common_form(common_form(c)), common_form(c));
            }
        }
        assert!(seen.len() > 600);
    }

    #[test]
    fn forms_of_everyday_names() {
        for (form, everyday) in [
            ('髙', '高'),
            ('﨑', '崎'),
            ('邉', '辺'),
            ('邊', '辺'),
            ('齋', '斎'),
            ('齊', '斎'),
            ('斉', '斎'),
            ('澤', '沢'),
            ('濱', '浜'),
            ('濵', '浜'),
            ('廣', '広'),
            ('嶋', '島'),
            ('嶌', '島'),
            ('國', '国'),
            ('櫻', '桜'),
            ('龍', '竜'),
            ('𠮷', '吉'),
            ('仮', '仮'),
            ('a', 'a'),
        ] {
            assert_eq!(common_form(form), everyday, "{form}");
        }
    }
}
