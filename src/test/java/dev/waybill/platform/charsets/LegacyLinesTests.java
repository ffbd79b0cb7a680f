package dev.waybill.platform.charsets;

import static dev.waybill.platform.formats.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One line each, of languages in the charsets that they were written in before Unicode, without a word from the sender.
 * Each of them has to be read as it was written; what the charset is called does not matter where two read it alike.
 */
class LegacyLinesTests {

    private static final String LINES = """
        windows-1250 Zażółć gęślą jaźń
        windows-1250 Wąchock, Łódź, Świętokrzyskie
        windows-1250 Proszę o pomoc w tej sprawie, dziękuję
        windows-1250 Příliš žluťoučký kůň úpěl ďábelské ódy
        windows-1250 Jiří Novák, Dvořákova 12, Děčín
        windows-1250 Árvíztűrő tükörfúrógép
        windows-1250 Győr, Székesfehérvár, Kőszeg
        windows-1250 Vďaka, všetko najlepšie k narodeninám, ľudia
        windows-1250 Đorđe Šimić, Čačak, Žabljak
        ISO-8859-2 Zażółć gęślą jaźń
        ISO-8859-2 Wąż śpi, źrebię biegnie
        ISO-8859-2 Příliš žluťoučký kůň úpěl ďábelské ódy
        ISO-8859-2 Žádost o vrácení peněz, děkuji
        ISO-8859-2 Árvíztűrő tükörfúrógép
        ISO-8859-2 Şase peşti înotau în apă
        IBM852 Zażółć gęślą jaźń
        IBM852 Miejscowość: Łódź, ulica: Żwirki
        IBM852 Příliš žluťoučký kůň úpěl
        IBM852 Árvíztűrő tükörfúrógép
        IBM852 Győr, Kőszeg, Nyíregyháza
        x-MacCentralEurope Zażółć gęślą jaźń
        x-MacCentralEurope Příliš žluťoučký kůň úpěl
        windows-1254 Türkçe metin: ışık, çöğüş İstanbul
        windows-1254 Şişli, Beşiktaş, Üsküdar
        windows-1254 Ağrı dağı
        IBM857 Türkçe metin: ışık, çöğüş İstanbul
        IBM857 Ağrı Dağı, Şanlıurfa, Iğdır
        IBM857 Günaydın, nasılsınız?
        IBM850 Größe,Preis Müller,12 Äpfel
        IBM850 Überraschung für Jörg
        IBM850 Ça va très bien, merci à tous
        IBM850 El niño comió una piña
        IBM850 São João, coração
        windows-1252 Über den Wolken, süß
        windows-1252 L’été dernier, j’étais à la plage
        windows-1252 ¿Dónde está el baño, señor?
        windows-1252 Informação não disponível
        windows-1252 Rødgrød med fløde på Ærø
        windows-1252 Smörgåsbord på ön
        windows-1252 Það er gott að búa á Íslandi
        windows-1252 “Quoted” – it’s 5 € cheaper
        windows-1252 naïve
        windows-1252 Müller
        x-MacRoman Ça va très bien, merci à tous
        x-MacRoman Größe und Länge, süß
        ISO-8859-15 Prix : 12 € l'œuvre, 100 € l'été
        windows-1256 مرحبا بالعالم
        windows-1256 السلام عليكم ورحمة الله
        ISO-8859-6 مرحبا بالعالم
        ISO-8859-6 السلام عليكم ورحمة الله
        ISO-8859-6 شكرا جزيلا
        windows-1257 Ąžuolas ėjo per žalią pievą
        windows-1257 Ačiū, labai gražiai, sveikinu šeimą
        windows-1257 Rīga, Liepāja, Ventspils, Jūrmala, Rēzekne
        windows-1257 Šķiršanās nav viegla
        ISO-8859-13 Ąžuolas ėjo per žalią pievą
        ISO-8859-13 Glāžšķūņa rūķīši dzērumā čiepj
        IBM775 Ąžuolas ėjo per žalią pievą
        x-MacCyrillic Привет, мир!
        x-MacCyrillic Товар,Цена,Наушники
        x-MacCyrillic Добрый день, отправляю вам отчёт
        IBM855 Привет, мир!
        IBM855 Съешь ещё этих мягких французских булок
        IBM866 Привет
        windows-1251 Привет, мир!
        windows-1251 Москва
        windows-1251 Слава Україні, її пісні
        windows-1251 Здравей, свят! Как си днес?
        windows-1251 Ђорђе и Љубица, Ниш
        KOI8-R Москва
        KOI8-R Съешь ещё этих мягких французских булок
        KOI8-U Слава Україні, її пісні
        ISO-8859-5 Москва, Красная площадь
        windows-1253 Καλημέρα κόσμε
        ISO-8859-7 Άνθρωποι της Αθήνας
        IBM737 Καλημέρα κόσμε
        windows-1255 שלום עולם
        IBM862 שלום עולם, זהו טקסט
        windows-1258 Tôi là ngươi Viêt Nam, ơ Đa Năng
        windows-874 สวัสดีชาวโลก นี่คือข้อความภาษาไทย
        x-Johab 안녕하세요 세계
        x-Johab 홍길동,서울특별시
        x-Johab 이름,나이
        EUC-KR 김철수
        EUC-KR 홍길동
        EUC-KR 서울시
        EUC-KR 이영희
        EUC-KR 커피숍
        GB2312 张三丰
        GB2312 北京市
        GB2312 李小龙
        GB2312 你好吗
        GB2312 订货单
        GBK 王小明,上海
        Big5 王小明
        Big5 台北市
        windows-31j 品番①,㈱山田
        windows-31j ①番
        Shift_JIS ﾃｽﾄ,ｱｲｳ
        Shift_JIS 田中さん
        Shift_JIS 東京都
        EUC-JP こんにちは
        EUC-JP 東京タワー
        """;

    static Stream<String> lines() {
        return LINES.lines();
    }

    /** Of one or two letters nobody can tell: then it is the charset that is met most. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "España",
                "Año",
                "mañana",
                "El Niño",
                "72°F",
                "21°C",
                "10 µm",
                "für 5 µm",
                "Größe (µm)",
                "5.0 ± 0.2",
                "Länge ± 0,5 mm",
                "½ tsp salt",
                "1½ TL Öl",
                "area (m²),volume (m³)",
                "10×20×30 cm",
                "Ø12 x 40",
                "KÖLN",
                "MALMÖ",
                "HÔTEL",
                "SØREN KØBENHAVN",
                "Ö,a",
                "AÇÃO",
                "AÇÃO;DESCRIÇÃO;PREÇO",
                "Lunedì e martedì",
                "più",
                "L'hôtel du château, août 2024",
                "façade and naïve",
                "Sigurður Guðmundsson",
                "Tromsø",
                "5‰",
                "cœur",
                "Œuvre",
                "id,nombre\n1,Peña\n2,Ruiz",
                "time,temp\n10:00,21°C\n11:00,22°C",
                "it’s",
                "5 €",
                "© 2024",
                "São Paulo",
                "Zürich",
                "Århus",
                "ESPAÑA",
                "ÉCOLE"
            })
    void aWesternWordIsReadAsOne(String words) {
        assertThat(TextEncodings.detect(text(words, "windows-1252"), true, null))
                .contains("windows-1252");
    }

    /** Of charsets that are not among the guesses, or whose words may be read in others as well. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1258 | Tôi là ngươi Viêt Nam",
                "windows-1258 | Ha Nôi, Đa Năng",
                "IBM865 | Blåbærsyltetøy på brød",
                "IBM861 | Það er gott að búa á Íslandi",
                "IBM860 | Informação não disponível",
                "IBM863 | Où êtes-vous allés, cet été",
                "x-MacGreek | Καλημέρα κόσμε",
                "x-MacTurkish | Şişli, Beşiktaş, Üsküdar",
                "x-MacIceland | Það er gott að búa á Íslandi",
                "x-MacCroatian | Đorđe Šimić, Čačak, Žabljak",
                "x-MacRomania | Şase peşti înotau în apă",
                "x-MacHebrew | שלום עולם",
                "x-MacThai | สวัสดีชาวโลก",
                "ISO-8859-3 | Ĉiuj homoj estas denaske liberaj kaj egalaj laŭ digno",
                "ISO-8859-3 | Ħamrun, Żebbuġ, Għawdex",
                "ISO-8859-4 | Glāžšķūņa rūķīši",
                "ISO-8859-9 | Ağrı Dağı, Şanlıurfa",
                "TIS-620 | ภาษาไทย",
                "IBM852 | Łódź",
                "windows-1250 | Řeřicha",
                "windows-1257 | Rīga",
                "KOI8-R | да",
                "IBM864 | مرحبا",
                "x-EUC-TW | 中文測試"
            })
    void aLineOfAnyOldCharsetIsText(String charset, String words) {
        assertThat(TextEncodings.detect(text(words, charset), true, null)).isPresent();
    }

    /** In which no letter or sign that is ASCII stands between. */
    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, 日本語のテキスト",
        "UTF-16BE, 日本語のテキスト",
        "UTF-16LE, 、。「こんにちは」",
        "UTF-16LE, 東京都、大阪府の本",
        "UTF-16LE, 你好，世界。中国",
        "UTF-16BE, 今天天气很好。",
        "UTF-16LE, 안녕하세요여러분",
        "UTF-16BE, 대한민국서울",
        "UTF-16LE, Привет",
        "UTF-16BE, مرحبا"
    })
    void wordsOfTwoBytesALetterNeedNoMark(String charset, String words) {
        byte[] bytes = text(words, charset);
        assertThat(TextEncodings.detect(bytes, true, null)).contains(charset);
        assertThat(TextEncodings.detect(text(words.repeat(40), charset), true, null))
                .contains(charset);
    }

    /** Read as UTF-8 it loses a letter; read as anything else it loses all. */
    @ParameterizedTest
    @ValueSource(strings = {"Größe und * Länge, süß", "Привет*, мир", "日本*語", "naïve café *", "* été déjà", "이름,*나이"})
    void aStrayByteMakesNoOtherCharset(String words) {
        for (String stray : List.of("\u00ff", "\u00e9", "\u0080")) {
            byte[] bytes = Bytes.join(
                    Bytes.utf8(words.substring(0, words.indexOf('*'))),
                    text(stray, "ISO-8859-1"),
                    Bytes.utf8(words.substring(words.indexOf('*') + 1)));
            assertThat(TextEncodings.detect(bytes, true, null)).as(stray).contains("UTF-8");
        }
    }

    /** RFC 1843, 3; a line that ends is ASCII again, whoever forgot the brace. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "This is ~{<:Ky2;S{#,NpJ)l6HK!#~} ASCII | This is 己所不欲，勿施於人。 ASCII",
                "~{VPND~}~~ ~x ~{VP~} | 中文~ ~x 中",
                "~{VPND~}^~{VPND^and | 中文^中文^and"
            })
    void chineseBehindATildeIsRead(String written, String words) throws IOException {
        byte[] bytes = Bytes.utf8(written.replace('^', '\n'));

        String found = TextEncodings.detect(bytes, true, null).orElseThrow();

        Charset charset = TextEncodings.charset(found);
        assertThat(new String(bytes, charset)).isEqualTo(words.replace('^', '\n'));
        try (InputStreamReader reader = new InputStreamReader(new ByteArrayInputStream(bytes), charset)) {
            char[] one = new char[1];
            assertThat(reader.read(one)).isOne();
            assertThat(one[0]).isEqualTo(words.charAt(0));
        }
    }

    @Test
    void randomBytesAreSeldomTakenForText() {
        Random random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[16 + random.nextInt(49)];
            random.nextBytes(bytes);
            taken += TextEncodings.detect(bytes, true, null).isPresent() ? 1 : 0;
        }
        assertThat(taken).isLessThan(100);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsReadAsItWasWritten(String line) {
        String charset = line.substring(0, line.indexOf(' '));
        String words = line.substring(line.indexOf(' ') + 1);
        byte[] bytes = text(words, charset);

        String found = TextEncodings.detect(bytes, true, null).orElseThrow();

        assertThat(new String(bytes, TextEncodings.charset(found))).as(found).isEqualTo(words);
    }
}
