package dev.waybill.platform.formats;

import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much sense text makes when it is read in a charset: points for each byte beyond ASCII, 2 at most. Characters that
 * are used much have places of their own in the charsets of East Asia: level 1 of JIS X 0208, GB 2312 and Big5, the
 * syllables of KS X 1001.
 */
final class CharsetReading {

    private static final double NONSENSE = -9;
    /** The syllables and characters that make up half of most text, by the frequency lists of the languages. */
    private static final String HANGUL =
            "이다는의에을가고하지로한은들도사리기시를아어자그인나일해보정여게대서라수스있으과만안부장전상주구제성동" + "원용니습세요오마호문번금액름비소공유진국우산경연신조무관발방내중화물품생미계실학영모물속면적간당위"
                    + "김박최강윤임권황안송류홍철민준현훈석숙희순재태형혜승은지창식종광양노심허남백곽배서울개약건력단최근출입운업역외체반회행"
                    + "통교의분특별법천여데까함께때많없않있었했겠던렇습줄길날말밥책집커피음악영화친구학교선배님생각사랑감녕반갑습점격할매판";

    private static final String HAN = "的一是不了人在有我他这中大来上国个到说们为子和地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能"
            + "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意"
            + "进法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教"
            + "西再平真听世气信北少关并内加化由代军产入先山五太水万市体别处总才场师书比住员性通目报立马命活难数件安表原车白应路期"
            + "常提感金何更反合放做系计或司利受光王果界及今京务制解各任至清物台记边共风接特直服题建南度统色字请交认算论百义科元社"
            + "术结六功指思非流每管连远资队带快条院变联言权展该领传近留红治决保达办运半必城强步完区即求品士转量空众技程告江语英基"
            + "式李息写识极令黄收钱未持取设始版双商千片容研像找站广改议形早房音际则首单据导影失网似专校读志飞观究包组造落视价号姓"
            + "這來國個說們為時會過學對裡後還發當開經頭麼兩長樣現將與進實點種聲話問機給幾業間門東電關產萬體別處總場師書員報馬難數"
            + "张王李赵刘陈杨黄周吴徐孙朱胡郭何林罗郑梁宋谢唐韩曹许邓冯龄京沪津深圳港湾北南春夏秋冬红绿蓝白黑您好吗谢请客户订货款项额品规"
            + "張趙劉陳楊吳孫羅鄭謝韓許鄧馮龄您嗎謝請戶訂貨臺灣灣區縣街號樓樣"
            + "車應題請認論義術結連遠資隊帶條變聯權領傳紅決達辦運強區轉眾語極黃錢設雙廣議際則單據導網專讀飛觀組視價號齡訂";

    private static final String MARKS = "‘’“”–—…•€£¥©®°·«»¿¡§ªº„‚™\u00a0";

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
        for (int i = 0; i < read.length() && at < length; i++) {
            char character = read.charAt(i);
            int lead = bytes[at] & 0xff;
            if (lead < 0x80) {
                at++;
                continue;
            }
            boolean isSingle = charset.equals("Shift_JIS") && lead >= 0xA1 && lead <= 0xDF;
            boolean isFour =
                    charset.equals("GB18030") && at + 1 < length && bytes[at + 1] >= '0' && bytes[at + 1] <= '9';
            int width = isSingle ? 1 : isFour ? 4 : charset.equals("EUC-JP") && lead == 0x8F ? 3 : 2;
            boolean isPlain = at + 1 >= length || (bytes[at + 1] & 0xff) >= 0xA1;
            points += isSingle ? 0.8 : isFour ? 0.8 : pair(charset, character, lead, isPlain);
            points -= width == 2 && !charset.equals("Johab") && isInsideWord(bytes, at, length) ? 4 : 0;
            beyond += width;
            at += width;
            if (Character.isHighSurrogate(character)) {
                i++;
            }
        }
        return beyond == 0 ? NONSENSE : points / beyond;
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
        if ((character >= 0x3000 && character <= 0x303F) || (character >= 0xFF00 && character <= 0xFF60)) {
            return 3;
        }
        if (character >= 0x4E00 && character <= 0x9FFF) {
            boolean isFrequent = HAN.indexOf(character) >= 0;
            return switch (charset) {
                case "Shift_JIS" -> lead >= 0x88 && lead <= 0x97 ? 4 : 1;
                case "EUC-JP" -> lead >= 0xB0 && lead <= 0xCF ? 4 : 1;
                case "GB18030" -> isPlain && lead >= 0xB0 && lead <= 0xD7 ? (isFrequent ? 5 : 2.8) : isPlain ? 1 : -0.5;
                case "Big5" -> lead >= 0xA4 && lead <= 0xC6 ? (isFrequent ? 5 : 2.8) : 1;
                default -> -1.5; // Chinese characters are rare in Korean
            };
        }
        return character >= 0xE000 && character <= 0xF8FF ? -8 : -1;
    }

    /** Between Latin letters, of which the second would be one of them: the mark in "it's", or an accent. */
    private static boolean isInsideWord(byte[] bytes, int at, int length) {
        return at > 0 && at + 1 < length && isLatin(bytes[at - 1]) && isLatin(bytes[at + 1]);
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
                    letters.merge(Character.toLowerCase(character), 1, Integer::sum);
                }
            }
        }
        points += Alphabets.points(charset, letters);
        return beyond == 0 ? NONSENSE : points / beyond - handicap(charset);
    }

    /** How much less often than others they are met. */
    private static double handicap(String charset) {
        return switch (charset) {
            case "macintosh" -> 0.3;
            case "IBM850", "IBM852", "IBM857", "x-MacCentralEurope" -> 0.3;
            case "IBM437", "IBM775", "IBM737", "IBM855" -> 0.4;
            case "ISO-8859-2", "ISO-8859-7", "ISO-8859-15", "KOI8-U", "IBM862", "x-mac-cyrillic" -> 0.05;
            case "ISO-8859-5", "ISO-8859-6", "windows-1257", "windows-1258", "ISO-8859-13" -> 0.1;
            default -> 0;
        };
    }

    /** What no letter is. */
    private static double other(char before, char character, char after) {
        boolean isInside = Character.isLetter(before) && Character.isLetter(after);
        if (MARKS.indexOf(character) >= 0) {
            boolean isJoining = character == '’' || character == '–' || character == '·';
            double placed = isPlaced(before, character, after) ? 2.2 : 0.8;
            return isInside ? (isJoining ? 2.2 : -1) : isUpperLatin(before) || isUpperLatin(after) ? 1.9 : placed;
        }
        if (Character.isISOControl(character)) {
            return -6;
        }
        if (Character.getType(character) == Character.NON_SPACING_MARK) {
            return Character.isLetter(before) || isMark(before) ? 1.9 : -2;
        }
        boolean isFrame = character >= 0x2500 && character < 0x25A0;
        return isFrame && (Character.isLetter(before) || Character.isLetter(after)) ? -3 : -1;
    }

    /** Quotation marks open before a word and close behind one. */
    private static boolean isPlaced(char before, char mark, char after) {
        return switch (mark) {
            case '“', '‘', '„', '‚', '«', '¿', '¡' -> !Character.isLetterOrDigit(before) && after != ' ';
            case '”', '’', '»' -> before != ' ' && !Character.isLetterOrDigit(after);
            case '®', '©', '°', '™', '§', '•' -> !Character.isLetter(after);
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
        return UnicodeScript.of(one) != UnicodeScript.of(other);
    }
}
