package dev.waybill.platform.charsets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters beyond ASCII of the languages that are written in a charset, the most frequent first. A text is in one
 * language, and so is the right reading of it; a wrong one has letters of several.
 */
final class Alphabets {

    private static final String GERMAN = "üäößé";
    private static final List<String> WESTERN = List.of(
            "éèàêçôîûùâœïëüÿæ",
            GERMAN,
            "óíáéñúüªº",
            "ãçáéóíêõâúàôü",
            "èàùòéìî",
            "äåöé",
            "åøæéöä",
            "áíðóéöþúýæ",
            "ëéïèöü",
            "äõüöšž",
            "àéóíèçòúïü");
    private static final List<String> CENTRAL =
            List.of("ęłąóżśćńź", "íáéěřčžýšůúňťóď", "áíčéýžľšťúňôäďóĺŕ", "áéöóőüíúű", "ăîțșâţş", "čšžćđ", GERMAN, "ëç");
    private static final List<String> TURKISH = List.of("ıüşçöğâîû", "əıüşçöğ");
    private static final List<String> BALTIC =
            List.of("ėšųžįūčąę", "āīēšņļūžķčģōŗ", "äõüöšž", "ęłąóżśćńź", "äåöé", GERMAN);
    private static final List<String> CYRILLIC = List.of(
            "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
            "оаинвієтрслкудмпзьяйбгчхцюїжєщшфґ",
            "аеиотнрсвлдкпмузячгбцъжщйхфшюь",
            "аиоенрствудјкмплзгбчшцжћњљхђфџ",
            "аоиетнрсвдклпумзгјбчшцжњфќхѓџљѕ",
            "анаіеырстлкдвопмуяцьбзгўшчйжхюфэё");
    private static final List<String> RUSSIAN = CYRILLIC.subList(0, 1);
    private static final List<String> GREEK = List.of("αοιετσνηυρπκμλςάίδόέγήώύχθφβξζψΐϊϋΰ");
    private static final List<String> HEBREW = List.of("יוהלםאתרבמשנעדקחפגכןטצסזךץף");
    private static final List<String> ARABIC =
            List.of("اليمنروتبةعدفهسكقحجشصطخىضذثأغزئظءؤإآ", "اینردهمستوبشکگفخزقعجحپلطصچآضغذثئظژ");
    private static final List<String> VIETNAMESE = List.of("ôêươđâăáàéíóúèùãõ");
    private static final List<String> THAI = List.of("านรอกเงมยลวดทสตะปบคหแจพชขใไผโซถณศธษญภฟฐฉฝฮฆฏฎฒฬฤ");

    private static final Map<String, List<String>> OF = of();

    private static final int LEAST_SPREAD = 18;

    private Alphabets() {}

    private static Map<String, List<String>> of() {
        Map<String, List<String>> of = new HashMap<>();
        put(of, WESTERN, "windows-1252", "ISO-8859-15", "macintosh", "IBM850", "IBM437");
        put(of, CENTRAL, "windows-1250", "ISO-8859-2", "IBM852", "x-MacCentralEurope");
        put(of, TURKISH, "windows-1254", "IBM857");
        put(of, BALTIC, "windows-1257", "ISO-8859-13", "IBM775");
        put(of, CYRILLIC, "windows-1251", "ISO-8859-5", "x-mac-cyrillic", "IBM855", "KOI8-U");
        put(of, RUSSIAN, "KOI8-R", "IBM866");
        put(of, GREEK, "windows-1253", "ISO-8859-7", "IBM737");
        put(of, HEBREW, "windows-1255", "IBM862");
        put(of, ARABIC, "windows-1256", "ISO-8859-6");
        put(of, THAI, "windows-874");
        put(of, VIETNAMESE, "windows-1258");
        return Map.copyOf(of);
    }

    private static void put(Map<String, List<String>> of, List<String> languages, String... charsets) {
        for (String charset : charsets) {
            of.put(charset, languages);
        }
    }

    /**
     * How well the letters of a text go with the language of the charset that they go with best: the sum of points for
     * each, from 2 for one that is used much to less than nothing for one that it has not.
     *
     * @param counts lower-case letters beyond ASCII, and how often each stands there
     */
    static double points(String charset, Map<Character, Integer> counts) {
        double most = Double.NEGATIVE_INFINITY;
        for (String letters : OF.getOrDefault(charset, List.of())) {
            double points = 0;
            for (Map.Entry<Character, Integer> letter : counts.entrySet()) {
                points += letter.getValue() * points(letters, letter.getKey());
            }
            most = Math.max(most, points);
        }
        return most;
    }

    /** Of few letters each is used about as much as the others. */
    private static double points(String letters, char letter) {
        int rank = letters.indexOf(letter);
        return rank < 0 ? -0.6 : 2.2 - 2.0 * rank / Math.max(letters.length(), LEAST_SPREAD);
    }
}
