package dev.waybill.platform.charsets;

import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores how much sense text makes when it is decoded in a charset: points for each byte beyond ASCII, 2 at most.
 * Characters that are used much have places of their own in the charsets of East Asia: level 1 of JIS X 0208, GB 2312
 * and Big5, the syllables of KS X 1001.
 */
final class CharsetReading {

    private static final double NONSENSE = -9;

    /** Of one or two pairs nobody can tell. */
    static final double FEW_PAIRS = 0.5;

    /** The syllables and characters that make up half of most text, by the frequency lists of the languages. */
    private static final String HANGUL =
            "이다는의에을가고하지로한은들도사리기시를아어자그인나일해보정여게대서라수스있으과만안부장전상주구제성동" + "원용니습세요오마호문번금액름비소공유진국우산경연신조무관발방내중화물품생미계실학영모물속면적간당위"
                    + "김박최강윤임권황안송류홍철민준현훈석숙희순재태형혜승은지창식종광양노심허남백곽배서울개약건력단최근출입운업역외체반회행"
                    + "통교의분특별법천여데까함께때많없않있었했겠던렇습줄길날말밥책집커피음악영화친구학교선배님생각사랑감녕반갑습점격할매판목록";

    private static final String HAN = "的一是不了人在有我他这中大来上国个到说们为子和地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能"
            + "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意"
            + "进法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教"
            + "西再平真听世气信北少关并内加化由代军产入先山五太水万市体别处总才场师书比住员性通目报立马命活难数件安表原车白应路期"
            + "常提感金何更反合放做系计或司利受光王果界及今京务制解各任至清物台记边共风接特直服题建南度统色字请交认算论百义科元社"
            + "术结六功指思非流每管连远资队带快条院变联言权展该领传近留红治决保达办运半必城强步完区即求品士转量空众技程告江语英基"
            + "式李息写识极令黄收钱未持取设始版双商千片容研像找站广改议形早房音际则首单据导影失网似专校读志飞观究包组造落视价号姓"
            + "這來國個說們為時會過學對裡後還發當開經頭麼兩長樣現將與進實點種聲話問機給幾業間門東電關產萬體別處總場師書員報馬難數"
            + "张王李赵刘陈杨黄周吴徐孙朱胡郭何林罗郑梁宋谢唐韩曹许邓冯龄你她它呢吧啊票伟京沪津深圳港湾北南春夏秋冬红绿蓝白黑您好吗谢请客户订货款项额品规"
            + "張趙劉陳楊吳孫羅鄭謝韓許鄧馮龄您嗎謝請戶訂貨臺灣灣區縣街號樓樣"
            + "車應題請認論義術結連遠資隊帶條變聯權領傳紅決達辦運強區轉眾語極黃錢設雙廣議際則單據導網專讀飛觀組視價號齡訂";

    private static final String MARKS = "‘’“”–—…•€£¥©®°·«»¿¡§ªº„‚™µ±×÷¹²³¼½¾‰†\u00a0";

    /** They stand behind a name. */
    private static final String TRADE_MARKS = "®™";

    /** Hebrew letters that only end words. */
    private static final String FINAL = "ךםןףץ";

    private CharsetReading() {}

    /** Of two bytes a character. */
    static double ofPairs(String charset, @Nullable CharBuffer read, byte[] bytes, int length) {
        if (read == null) {
            return NONSENSE;
        }
        double points = 0;
        int beyond = 0;
        int at = 0;
        boolean isBehindLatin = false;
        for (int i = 0; i < read.length() && at < length; i++) {
            char character = read.charAt(i);
            int lead = bytes[at] & 0xff;
            if (lead < 0x80) {
                isBehindLatin = isLatin(bytes[at]);
                at++;
                continue;
            }
            boolean isSingle = charset.equals("Shift_JIS") && lead >= 0xA1 && lead <= 0xDF;
            boolean isFour =
                    charset.equals("GB18030") && at + 1 < length && bytes[at + 1] >= '0' && bytes[at + 1] <= '9';
            int width = isSingle ? 1 : isFour ? 4 : charset.equals("EUC-JP") && lead == 0x8F ? 3 : 2;
            boolean isPlain = at + 1 >= length || (bytes[at + 1] & 0xff) >= 0xA1;
            points += isSingle ? single(bytes, at, length) : isFour ? 0.8 : pair(charset, character, lead, isPlain);
            points -= width == 2 && isWestern(isBehindLatin, bytes, at, length) ? 6 : 0;
            isBehindLatin = false;
            beyond += width;
            at += width;
            if (Character.isHighSurrogate(character)) {
                i++;
            }
        }
        return beyond == 0 ? NONSENSE : (points - FEW_PAIRS) / beyond;
    }

    /** Whether much of all text is made of that character. */
    static boolean isFrequent(char character) {
        return character < 0x700
                || (character >= 0x3000 && character <= 0x30FF)
                || HAN.indexOf(character) >= 0
                || HANGUL.indexOf(character) >= 0;
    }

    private static double pair(String charset, char character, int lead, boolean isPlain) {
        if (character >= 0x3041 && character <= 0x30FF) {
            return charset.equals("Shift_JIS") || charset.equals("EUC-JP") ? 5 : 0;
        }
        if (character >= 0xAC00 && character <= 0xD7A3) {
            boolean isFrequent = HANGUL.indexOf(character) >= 0;
            return switch (charset) {
                case "Johab" -> isFrequent ? 4.8 : 1;
                case "EUC-KR" -> !isPlain || lead < 0xB0 ? -1 : isFrequent ? 5 : 2.8;
                default -> -1;
            };
        }
        // The signs that makers of computers added to JIS X 0208: in circles, for companies, for units.
        if (isOneOf(character, 0x2100, 0x27BF) || isOneOf(character, 0x3200, 0x33FF)) {
            return charset.equals("Shift_JIS") || charset.equals("EUC-JP") ? 3.5 : 1;
        }
        if ((character >= 0x3000 && character <= 0x303F) || (character >= 0xFF00 && character <= 0xFF60)) {
            return 3;
        }
        if (character >= 0x4E00 && character <= 0x9FFF) {
            boolean isFrequent = HAN.indexOf(character) >= 0;
            return switch (charset) {
                case "Shift_JIS" -> lead >= 0x88 && lead <= 0x97 ? 4 : 1;
                case "EUC-JP" -> lead >= 0xB0 && lead <= 0xCF ? 3.2 : 1;
                case "GB18030" -> isPlain && lead >= 0xB0 && lead <= 0xD7 ? (isFrequent ? 5 : 2.8) : isPlain ? 1 : -0.5;
                case "Big5" -> lead >= 0xA4 && lead <= 0xC6 ? (isFrequent ? 5 : 2.8) : 1;
                default -> -1.5; // Chinese characters are rare in Korean
            };
        }
        return isOneOf(character, 0xE000, 0xF8FF)
                ? -8
                : isOneOf(character, 0xF900, 0xFAFF) && charset.equals("Shift_JIS") ? 3 : -1;
    }

    private static boolean isOneOf(char character, int first, int last) {
        return character >= first && character <= last;
    }

    /** Half-width katakana stand in rows. */
    private static double single(byte[] bytes, int at, int length) {
        boolean isRow = at > 0 && isHalfWidth(bytes[at - 1]) || at + 1 < length && isHalfWidth(bytes[at + 1]);
        return isRow ? 1.3 : 0.2;
    }

    private static boolean isHalfWidth(byte each) {
        return isOneOf((char) (each & 0xff), 0xA1, 0xDF);
    }

    /**
     * Within a word of Latin letters, where two bytes are rather an accent and a letter or two accents: the mark in
     * "it's", the beginning of "\u0152uvre".
     */
    private static boolean isWestern(boolean isBehindLatin, byte[] bytes, int at, int length) {
        boolean isSecondLatin = at + 1 < length && isLatin(bytes[at + 1]);
        boolean isNextSmall = at + 2 < length && bytes[at + 2] >= 'a' && bytes[at + 2] <= 'z';
        boolean isNextLatin = at + 2 < length && isLatin(bytes[at + 2]);
        return isBehindLatin && (isSecondLatin || isNextLatin) || isSecondLatin && isNextSmall;
    }

    private static boolean isLatin(byte each) {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
    }

    /** Of one byte a character. */
    static double ofLetters(String charset, @Nullable CharBuffer read) {
        if (read == null) {
            return NONSENSE;
        }
        double points = 0;
        int beyond = 0;
        Map<Character, Integer> letters = new HashMap<>();
        for (int i = 0; i < read.length(); i++) {
            char character = read.charAt(i);
            if (character >= 0x80) {
                char before = i == 0 ? ' ' : read.charAt(i - 1);
                char after = i + 1 == read.length() ? ' ' : read.charAt(i + 1);
                boolean isLetter = Character.isLetter(character) && MARKS.indexOf(character) < 0;
                points += isLetter ? place(before, character, after) : other(before, character, after);
                beyond++;
                if (isLetter) {
                    letters.merge(small(character), 1, Integer::sum);
                }
            }
        }
        points += Alphabets.points(charset, letters);
        return beyond == 0 ? NONSENSE : (points - rareness(charset)) / beyond;
    }

    /**
     * What has to speak for a charset before it is taken for windows-1252: the less it is met, the more. Of one or two
     * letters nobody can tell, and then the usual one is taken; of many it does not matter.
     */
    static double rareness(String charset) {
        return switch (charset) {
            case "windows-1252" -> 0;
            case "windows-1250", "windows-1254" -> 0.6;
            case "windows-1251", "windows-1253" -> 1.2;
            case "KOI8-R", "IBM866", "windows-1255", "windows-1256", "windows-874" -> 1.4;
            case "ISO-8859-2", "ISO-8859-7", "KOI8-U", "x-mac-cyrillic", "macintosh", "IBM850", "IBM852" -> 1.8;
            case "windows-1257" -> 1.5;
            case "windows-1258", "ISO-8859-5", "ISO-8859-6" -> 2;
            default -> 2.4;
        };
    }

    /** Turkish's I with a dot is that of ASCII when it is small. */
    private static char small(char letter) {
        char small = Character.toLowerCase(letter);
        return small < 0x80 ? '\u0131' : small;
    }

    /** What no letter is. */
    private static double other(char before, char character, char after) {
        boolean isInside = Character.isLetter(before) && Character.isLetter(after);
        if (MARKS.indexOf(character) >= 0) {
            boolean isJoining = character == '’' || character == '–' || character == '·';
            double placed = isPlaced(before, character, after) ? 2.2 : 0.8;
            if (before >= 0x80 && MARKS.indexOf(before) >= 0 || after >= 0x80 && MARKS.indexOf(after) >= 0) {
                return 0.5;
            }
            if (TRADE_MARKS.indexOf(character) >= 0 && Character.isLetter(after)) {
                return -1;
            }
            return isInside ? (isJoining ? 2.2 : -1) : isUpperLatin(before) || isUpperLatin(after) ? 1.9 : placed;
        }
        if (Character.isISOControl(character)) {
            return -6;
        }
        if (Character.getType(character) == Character.NON_SPACING_MARK) {
            // A vowel of one script stands on no letter of another; what accents stand on is any.
            boolean isCarried = isMark(before) || Character.isLetter(before) && !isOther(before, character);
            return isCarried ? 1.9 : -3;
        }
        boolean isFrame = character >= 0x2500 && character < 0x25A0;
        return isFrame && (Character.isLetter(before) || Character.isLetter(after)) ? -3 : -1;
    }

    /** Quotation marks open before a word and close behind one. */
    private static boolean isPlaced(char before, char mark, char after) {
        return switch (mark) {
            case '“', '‘', '„', '‚', '«', '¿', '¡' -> !Character.isLetterOrDigit(before) && after != ' ';
            case '”', '’', '»' -> before != ' ' && !Character.isLetterOrDigit(after);
            case '©', '§', '•', '²', '³', '¹' -> !Character.isLetter(after);
            case '°', 'µ' -> !Character.isLetter(before);
            case '±', '×', '÷', '¼', '½', '¾', '‰' -> !Character.isLetter(before) && !Character.isLetter(after);
            case '–', '—' -> Character.isLetterOrDigit(before) == Character.isLetterOrDigit(after);
            default -> true;
        };
    }

    /** What a letter's neighbours say against it. */
    private static double place(char before, char character, char after) {
        double points = Character.isUpperCase(character) ? -0.3 : 0;
        if (Character.isUpperCase(character) && Character.isLowerCase(before)) {
            points -= 3;
        }
        boolean isEnd = !Character.isLetter(after);
        if (Character.isUpperCase(character) && isEnd && !Character.isLetter(before)) {
            points -= 0.5;
        }
        if (FINAL.indexOf(character) >= 0) {
            points += isEnd ? 1 : -2;
        }
        boolean isMixed = (Character.isLetter(before) && isOther(before, character))
                || (Character.isLetter(after) && isOther(after, character));
        return isMixed ? points - 3 : points;
    }

    private static boolean isUpperLatin(char character) {
        return character >= 0xC0 && character < 0x250 && Character.isUpperCase(character);
    }

    private static boolean isMark(char character) {
        return Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static boolean isOther(char one, char other) {
        UnicodeScript script = UnicodeScript.of(other);
        // Latin's accents are of no script.
        return script == UnicodeScript.INHERITED
                ? UnicodeScript.of(one) != UnicodeScript.LATIN
                : UnicodeScript.of(one) != script;
    }
}
