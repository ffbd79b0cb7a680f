package dev.waybill.platform.charsets;

import static dev.waybill.platform.formats.Bytes.hex;
import static dev.waybill.platform.formats.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.Bytes;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextEncodingsTests {

    private static final String QUOTES = "She said \u201cyes\u201d \u2013 it\u2019s fine.";
    private static final String JAPANESE = "商品,価格\r\nイヤホン,12800\r\n";
    private static final String CHINESE = "姓名,年龄\n张三,30\n李四,25\n";
    private static final String TRADITIONAL = "商品,價格\r\n耳機,12800\r\n";
    private static final String KOREAN = "이름,나이\n홍길동,30\n";
    private static final String RUSSIAN = "Товар,Цена\r\nНаушники,12800\r\n";
    private static final String FRENCH = "Café crème à emporter, s'il vous plaît";

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("windows-31j", JAPANESE),
                Arguments.of("windows-31j", "{\"名前\": \"山田太郎\"}"),
                Arguments.of("EUC-JP", JAPANESE),
                Arguments.of("GBK", CHINESE),
                Arguments.of("GB18030", CHINESE),
                Arguments.of("x-windows-950", TRADITIONAL),
                Arguments.of("x-windows-949", KOREAN),
                Arguments.of("EUC-KR", KOREAN),
                Arguments.of("windows-1251", RUSSIAN),
                Arguments.of("KOI8-R", RUSSIAN),
                Arguments.of("IBM866", "Привет, мир! Это обычный русский текст."),
                Arguments.of("windows-1252", QUOTES),
                Arguments.of("windows-1252", FRENCH),
                Arguments.of("windows-1252", "Price: £5, 100 €, 25 °C"),
                Arguments.of("x-MacRoman", QUOTES),
                Arguments.of("x-MacRoman", FRENCH),
                Arguments.of("IBM850", "Größe,Preis\nMüller,12\nÄpfel\n"),
                Arguments.of("windows-1250", "Zażółć gęślą jaźń, proszę pana"),
                Arguments.of("windows-1253", "Καλημέρα κόσμε, αυτό είναι ένα κείμενο"),
                Arguments.of("windows-1254", "Türkçe metin: ışık, çöğüş İstanbul"),
                Arguments.of("windows-1255", "שלום עולם, זהו טקסט בעברית"),
                Arguments.of("windows-874", "สวัสดีชาวโลก นี่คือข้อความภาษาไทย"),
                Arguments.of("ISO-8859-5", RUSSIAN),
                Arguments.of("ISO-8859-5", "Привет, мир!"),
                Arguments.of("ISO-8859-8", "שלום עולם, זהו טקסט בעברית"),
                Arguments.of("IBM437", "Größe,Preis\nMüller,12\n"),
                Arguments.of("IBM850", "Überraschung für Jörg"),
                Arguments.of("x-windows-950", "中文"),
                Arguments.of("x-windows-950", "姓名,年齡\n"),
                Arguments.of("x-windows-950", "台北"),
                Arguments.of("GBK", "中文"),
                Arguments.of("KOI8-R", "Привет"),
                Arguments.of("UTF-8", JAPANESE),
                Arguments.of("UTF-16", JAPANESE),
                Arguments.of("UTF-16LE", JAPANESE),
                Arguments.of("UTF-16BE", RUSSIAN),
                Arguments.of("UTF-16LE", "a,b\n1,2\n"),
                Arguments.of("UTF-16BE", "hi"),
                Arguments.of("UTF-32LE", KOREAN),
                Arguments.of("UTF-32BE", "a,b\n"),
                Arguments.of("ISO-2022-JP", JAPANESE),
                Arguments.of("ISO-2022-KR", KOREAN));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsReadAsItWasWritten(String charset, String text) {
        byte[] bytes = text(text, charset);

        String found = TextEncodings.detect(bytes, true, null).orElseThrow();

        assertThat(new String(bytes, TextEncodings.charset(found)).replace("\ufeff", ""))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aCutCharacterIsNoReasonToRefuse(String charset, String text) {
        byte[] bytes = text(text.repeat(20), charset);
        for (int cut = 1; cut < 4; cut++) {
            byte[] head = java.util.Arrays.copyOf(bytes, bytes.length - cut);
            assertThat(TextEncodings.detect(head, false, null)).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8fa495692c89bf8a690d0a83438384837a83932c31323830300d0a, Shift_JIS",
        "efbbbf610a, UTF-8",
        "fffe6100, UTF-16LE",
        "feff0061, UTF-16BE",
        "fffe000061000000, UTF-32LE",
        "0000feff00000061, UTF-32BE"
    })
    void theNameIsTheOneOfTheRegistry(String bytes, String name) {
        assertThat(TextEncodings.detect(hex(bytes), true, null)).contains(name);
    }

    @Test
    void whatTheSenderSaysCountsWhereTheBytesAllowIt() {
        byte[] short1252 = text("naïve café", "windows-1252");

        assertThat(TextEncodings.detect(short1252, true, "iso-8859-15")).contains("ISO-8859-15");
        assertThat(TextEncodings.detect(short1252, true, "utf-8")).contains("windows-1252");
        assertThat(TextEncodings.detect(short1252, true, "no such charset")).contains("windows-1252");
        assertThat(TextEncodings.detect(text(JAPANESE, "UTF-8"), true, "shift_jis"))
                .contains("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1250, '<?xml version=\"1.0\" encoding=\"windows-1250\"?><a>Árvíztűrő tükörfúrógép</a>'",
        "ISO-8859-2, '<?xml version=''1.0'' encoding=''iso-8859-2''?><a>Łódź</a>'",
        "KOI8-U, '<?xml version=\"1.0\" encoding=\"koi8-u\"?><a>Їжак і ґава</a>'",
        "windows-1257, '<html><meta charset=windows-1257><p>Ąžuolas ėjo</p>'",
        "ISO-8859-6, '<META http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-6\">مرحبا'"
    })
    void aTextThatSaysItsCharsetIsBelievedWhereTheBytesAllowIt(String charset, String words) {
        assertThat(TextEncodings.detect(text(words, charset), true, null)).contains(charset);
        assertThat(TextEncodings.detect(Bytes.utf8(words), true, null)).contains("UTF-8");
    }

    @Test
    void aWholeFileThatWasCutInALetterIsStillWhatItIs() {
        byte[] german = Bytes.utf8("Größe und Länge, süß".repeat(3) + "ü");
        byte[] japanese = Bytes.utf8(JAPANESE);

        assertThat(TextEncodings.detect(Arrays.copyOf(german, german.length - 1), true, null))
                .contains("UTF-8");
        assertThat(TextEncodings.detect(Arrays.copyOf(japanese, japanese.length - 2), true, null))
                .contains("UTF-8");
        assertThat(TextEncodings.detect(text("naïveté", "windows-1252"), true, null))
                .contains("windows-1252");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, UTF-16LE, 中文",
        "UTF-16BE, utf-16be, 日本語",
        "UTF-16BE, UTF-16, 中",
        "UTF-16LE, UTF-16LE, 一丁",
        "UTF-16LE, UTF-16, 姓名和年龄",
        "UTF-32LE, UTF-32LE, 中",
        "ISO-8859-8, iso-8859-8, שלום",
        "IBM437, cp437, ½ menu ╗",
        "IBM850, cp850, Ñandú",
        "x-windows-950, big5, 許功蓋",
        "GBK, gb2312, 中",
        "EUC-KR, euc-kr, 가"
    })
    void aDeclaredCharsetUnderWhichTheBytesAreTextWins(String written, String declared, String words) {
        byte[] bytes = text(words, written);
        String found = TextEncodings.detect(bytes, true, declared).orElseThrow();
        assertThat(new String(bytes, TextEncodings.charset(found))).isEqualTo(words);
    }

    /** RFC 1843's own example, and what only looks like it. */
    @ParameterizedTest
    @CsvSource({
        "'This is ~{<:Ky2;S{#,NpJ)l6HK!#~}', HZ-GB-2312",
        "'~{VPND~}', HZ-GB-2312",
        "'if (~{a} || ~}', UTF-8",
        "'~{x~}', UTF-8",
        "'~{', UTF-8"
    })
    void chineseBehindATildeIsDetected(String words, String charset) {
        assertThat(TextEncodings.detect(Bytes.utf8(words), true, null)).contains(charset);
    }

    @Test
    void asciiIsNotChineseThoughItsSenderSaysSo() {
        assertThat(TextEncodings.detect(Bytes.utf8("Words of a text, with spaces in it."), true, "utf-16"))
                .contains("UTF-8");
    }

    @Test
    void theNulThatEndsATextIsNoReasonToRefuseIt() {
        assertThat(TextEncodings.detect(Bytes.utf8("hello\0"), true, null)).contains("UTF-8");
        assertThat(TextEncodings.detect(Bytes.utf8("x\0"), true, null)).contains("UTF-8");
        assertThat(TextEncodings.detect(Bytes.join(text("Größe", "windows-1252"), new byte[1]), true, null))
                .contains("windows-1252");
        assertThat(TextEncodings.detect(text("hi", "UTF-16LE"), true, null)).contains("UTF-16LE");
        assertThat(TextEncodings.detect(new byte[1], true, null)).isEmpty();
        assertThat(TextEncodings.detect(new byte[2], true, null)).isEmpty();
    }

    @Test
    void textInACharsetThatNobodyKnowsIsText() {
        assertThat(TextEncodings.detect(text("\u2554\u2550\u2557 menu \u2551 quit now\n", "IBM437"), true, null))
                .isPresent();
        assertThat(TextEncodings.detect(
                        text("\u03b1\u03b2\u03b3 words of old DOS, \u2591 and more\n", "IBM737"), true, null))
                .isPresent();
    }

    @Test
    void whatIsFullOfControlCharactersIsNoText() {
        assertThat(TextEncodings.detect(new byte[64], true, null)).isEmpty();
        assertThat(TextEncodings.detect(new Bytes().noise(2048).toArray(), false, null))
                .isEmpty();
        assertThat(TextEncodings.detect(new Bytes().noise(512).toArray(), true, "windows-1252"))
                .isEmpty();
        assertThat(TextEncodings.detect(hex("00000000 3f800000 40000000"), true, null))
                .isEmpty();
    }

    @Test
    void everyNameIsACharset() {
        assertThat(Stream.of("Shift_JIS", "EUC-KR", "Big5", "macintosh", "GB18030")
                        .map(TextEncodings::charset))
                .doesNotContainNull()
                .doesNotContain(Charset.forName("Shift_JIS"));
    }

    /** Two bytes of it come to a Chinese character, which nobody uses. */
    @Test
    void binaryOfManyNulsIsNoText() {
        assertThat(TextEncodings.detect(Bytes.utf8("abc\0".repeat(100)), true, null))
                .isEmpty();
        assertThat(TextEncodings.detect(text("商品,価格\nリンゴ,100\n".repeat(20), "UTF-16LE"), true, null))
                .contains("UTF-16LE");
        assertThat(TextEncodings.detect(text("订单号,客户\n1,我们的客户\n".repeat(20), "UTF-16LE"), true, null))
                .contains("UTF-16LE");
    }
}
