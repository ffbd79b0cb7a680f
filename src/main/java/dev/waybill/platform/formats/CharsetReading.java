package dev.waybill.platform.formats;

import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How much sense text makes when it is read in a charset: points for each byte beyond ASCII, 2 at most. Characters that
 * are used much have places of their own in the charsets of East Asia: level 1 of JIS X 0208, GB 2312 and Big5, the
 * syllables of KS X 1001.
 */
final class CharsetReading {

    private static final double NONSENSE = -9;
    private static final String LATIN = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÚÙÛÜ";
    private static final String CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüőűôľĺŕâăîșțşţđßĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄÖÜŐŰĐ";
    private static final String TURKISH = "çğıöşüÇĞİÖŞÜâîû";
    /** The syllables and characters that make up half of most text, by the frequency lists of the languages. */
    private static final String HANGUL =
            "이다는의에을가고하지로한은들도사리기시를아어자그인나일해보정여게대서라수스있으과만안부장전상주구제성동" + "원용니습세요오마호문번금액름비소공유진국우산경연신조무관발방내중화물품생미계실학영모물속면적간당위";

    private static final String HAN = "的一是不了人在有我他这中大来上国个到说们为子和地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能"
            + "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意"
            + "进法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教"
            + "西再平真听世气信北少关并内加化由代军产入先山五太水万市体别处总才场师书比住员性通目报立马命活难数件安表原车白应路期"
            + "常提感金何更反合放做系计或司利受光王果界及今京务制解各任至清物台记边共风接特直服题建南度统色字请交认算论百义科元社"
            + "术结六功指思非流每管连远资队带快条院变联言权展该领传近留红治决保达办运半必城强步完区即求品士转量空众技程告江语英基"
            + "式李息写识极令黄收钱未持取设始版双商千片容研像找站广改议形早房音际则首单据导影失网似专校读志飞观究包组造落视价号姓"
            + "這來國個說們為時會過學對裡後還發當開經頭麼兩長樣現將與進實點種聲話問機給幾業間門東電關產萬體別處總場師書員報馬難數"
            + "車應題請認論義術結連遠資隊帶條變聯權領傳紅決達辦運強區轉眾語極黃錢設雙廣議際則單據導網專讀飛觀組視價號齡訂";

    private static final String MARKS = "‘’“”–—…•€£¥©®°·«»¿¡§ªº„‚™\u00a0";

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
            points -= width == 2 && isInsideWord(bytes, at, length) ? 4 : 0;
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
            return !isPlain || lead < 0xB0 ? -1 : HANGUL.indexOf(character) >= 0 ? 5 : 3.2;
        }
        if ((character >= 0x3000 && character <= 0x303F) || (character >= 0xFF00 && character <= 0xFF60)) {
            return 3;
        }
        if (character >= 0x4E00 && character <= 0x9FFF) {
            boolean isFrequent = HAN.indexOf(character) >= 0;
            return switch (charset) {
                case "Shift_JIS" -> lead >= 0x88 && lead <= 0x97 ? 4 : 1;
                case "EUC-JP" -> lead >= 0xB0 && lead <= 0xCF ? 4 : 1;
                case "GB18030" -> isPlain && lead >= 0xB0 && lead <= 0xD7 ? (isFrequent ? 5 : 3.4) : isPlain ? 1 : -0.5;
                case "Big5" -> lead >= 0xA4 && lead <= 0xC6 ? (isFrequent ? 5 : 3.4) : 1;
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
        for (int i = 0; i < read.length(); i++) {
            char character = read.charAt(i);
            if (character >= 0x80) {
                char before = i == 0 ? ' ' : read.charAt(i - 1);
                char after = i + 1 == read.length() ? ' ' : read.charAt(i + 1);
                points += letter(charset, before, character, after);
                beyond++;
            }
        }
        double handicap = switch (charset) {
            case "macintosh" -> 0.3;
            case "IBM850" -> 0.4;
            case "IBM437" -> 0.45;
            case "ISO-8859-5" -> 0.2;
            case "windows-874" -> 1.2; // juniversalchardet knows Thai
            default -> 0;
        };
        return beyond == 0 ? NONSENSE : points / beyond - handicap;
    }

    private static double letter(String charset, char before, char character, char after) {
        if (MARKS.indexOf(character) >= 0) {
            boolean isInside = Character.isLetter(before) && Character.isLetter(after);
            boolean isJoining = character == '’' || character == '–';
            return isInside ? (isJoining ? 2.2 : -1) : isUpperLatin(before) || isUpperLatin(after) ? 1.9 : 2.2;
        }
        if (Character.isISOControl(character)) {
            return -6;
        }
        if (Character.getType(character) == Character.NON_SPACING_MARK) {
            return Character.isLetter(before) || isMark(before) ? 1.9 : -2;
        }
        if (!Character.isLetter(character)) {
            return -1;
        }
        double points = isUsual(charset, character) ? 2 : 0.3;
        if (Character.isUpperCase(character) && Character.isLowerCase(before)) {
            points -= 3;
        }
        boolean isMixed = (Character.isLetter(before) && isOther(before, character))
                || (Character.isLetter(after) && isOther(after, character));
        return isMixed ? points - 3 : points;
    }

    private static boolean isUsual(String charset, char character) {
        return switch (charset) {
            case "windows-1252", "IBM850", "IBM437" -> LATIN.indexOf(character) >= 0;
            case "macintosh" -> LATIN.indexOf(character) >= 0 && Character.isLetter(character);
            case "windows-1250", "ISO-8859-2" -> CENTRAL.indexOf(character) >= 0;
            case "windows-1254" -> TURKISH.indexOf(character) >= 0;
            case "windows-1251", "KOI8-R", "IBM866", "ISO-8859-5" ->
                UnicodeScript.of(character) == UnicodeScript.CYRILLIC && character >= 0x410 && character <= 0x451;
            default -> true;
        };
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
