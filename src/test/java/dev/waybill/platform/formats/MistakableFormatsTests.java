package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.hex;
import static dev.waybill.platform.formats.Bytes.join;
import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.AUDIO;
import static dev.waybill.platform.formats.FileKind.BINARY;
import static dev.waybill.platform.formats.FileKind.DOCUMENT;
import static dev.waybill.platform.formats.FileKind.IMAGE;
import static dev.waybill.platform.formats.FileKind.PDF;
import static dev.waybill.platform.formats.FileKind.TEXT;
import static dev.waybill.platform.formats.FileKind.VIDEO;
import static dev.waybill.platform.formats.FormatCase.answer;
import static dev.waybill.platform.formats.FormatCase.check;
import static dev.waybill.platform.formats.FormatCase.refused;
import static dev.waybill.platform.formats.FormatCase.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose bytes could be those of another format: which of the two they are. */
class MistakableFormatsTests {

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    @Test
    void whatMayBeBothIsWhatItIsCalled() {
        byte[] plain = utf8("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

        check(taken(PDF, "a.pdf", "application/pdf", plain, "application/pdf"));
        check(taken(PDF, "blob", "", plain, "application/pdf"));
        check(taken(TEXT, "a.txt", "text/plain", plain, "text/plain"));
        check(refused(TEXT, "a.pdf", "application/pdf", plain));
        check(taken(BINARY, "blob", "", plain, "application/pdf"));
    }

    /** A file that is two files is what it begins as. */
    @Test
    void polyglotsAreWhatTheyBeginAs() {
        byte[] both = join(MadeFiles.GIF, MadeFiles.zip("word/document.xml", "[Content_Types].xml"));

        check(taken(IMAGE, "a.gif", "image/gif", both, "image/gif"));
        check(refused(DOCUMENT, "a.docx", DOCX, both));
    }

    /** Bytes of many pictures and sounds can be read in a charset of one byte a letter. */
    @Test
    void whatHasAHeaderOfItsOwnIsNoTextWhateverItsBytesCouldBe() {
        byte[] white = new byte[30_000];
        Arrays.fill(white, (byte) 0xff);
        byte[] aLaw = new byte[20_000];
        Arrays.fill(aLaw, (byte) 0xd5);
        byte[] wav = join(
                hex("52494646464E0000574156456d74200012000000060001004000000040000000010008000000"),
                hex("666d74201200000006000100401F0000401F0000010008000000"),
                utf8("data"),
                hex("204E0000"),
                aLaw);
        byte[] bmp = join(hex("424D667500000000000036000000280000006400000064000000010018"), new byte[25], white);
        byte[] tga = join(hex("000002000000000000000000640064001820"), white);
        byte[] packets = new byte[188 * 50];
        Arrays.fill(packets, (byte) 0xff);
        for (int at = 0; at < packets.length; at += 188) {
            System.arraycopy(hex("471fff10"), 0, packets, at, 4);
        }
        for (byte[] file : List.of(
                wav,
                bmp,
                join(utf8("P5\n100 100\n255\n"), Arrays.copyOf(white, 10_000)),
                join(utf8("P6\n100 100\n255\n"), white),
                packets)) {
            assertThat(answer(TEXT, "notes.txt", "text/plain", file)).isInstanceOf(Misfit.class);
        }
        assertThat(answer(IMAGE, "pic.tga", "image/x-tga", tga).mediaType()).isEqualTo("image/x-tga");
        assertThat(answer(VIDEO, "s.ts", "video/mp2t", packets).mediaType()).isEqualTo("video/mp2t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MP4 ftyp box\n", "the ftyp of a file", "see styp there", "    ftyp", "P5 100 100 255\nincidents"
            })
    void aTextThatSpeaksOfFormatsIsAText(String words) {
        assertThat(answer(TEXT, "notes.txt", "text/plain", utf8(words)).mediaType())
                .isEqualTo("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4d5a2020667479706973 6f6d", "4d5a00006674797069736f6d"})
    void aProgramIsNoFilm(String begin) {
        byte[] program =
                join(hex(begin.replace(" ", "")), new Bytes().noise(2_000).toArray());
        assertThat(answer(VIDEO, "a.mp4", "video/mp4", program)).isInstanceOf(Misfit.class);
        assertThat(answer(AUDIO, "a.mp3", "audio/mpeg", program)).isInstanceOf(Misfit.class);
    }
}
