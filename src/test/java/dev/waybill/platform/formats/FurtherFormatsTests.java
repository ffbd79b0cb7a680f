package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.join;
import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.AUDIO;
import static dev.waybill.platform.formats.FileKind.BINARY;
import static dev.waybill.platform.formats.FileKind.IMAGE;
import static dev.waybill.platform.formats.FileKind.PDF;
import static dev.waybill.platform.formats.FileKind.TEXT;
import static dev.waybill.platform.formats.FileKind.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Fits;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of devices and broadcasters, pieces of films, and what comes without a name. */
class FurtherFormatsTests {

    private static final String SMALL_PDF = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
            + "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";

    private static DetectionResult answer(FileKind kind, String filename, String declared, byte[] bytes) {
        return Formats.answer(new DetectionInput(FileBytes.of(bytes), filename, declared, kind));
    }

    private static byte[] frames(int count, String header, int length) {
        Bytes all = new Bytes();
        for (int i = 0; i < count; i++) {
            all.hexadecimal(header).noise(length);
        }
        return all.toArray();
    }

    private static byte[] flash(String mark, String rest) {
        return new Bytes()
                .ascii(mark)
                .u8(15)
                .u32le(321)
                .hexadecimal(rest)
                .noise(300)
                .toArray();
    }

    static Stream<Arguments> streams() {
        byte[] adx = new Bytes()
                .hexadecimal("8000 0018 03 12 04 01 0000bb80 00001000")
                .zeros(6)
                .ascii("(c)CRI")
                .noise(400)
                .toArray();
        byte[] gxf = new Bytes()
                .hexadecimal("0000000001bc 00000200 00000000 e1e2 e0ff")
                .noise(400)
                .toArray();
        byte[] wtv = new Bytes()
                .hexadecimal("b7d800203749da11a64e0007e95ead8d")
                .noise(400)
                .toArray();
        byte[] flash = new Bytes().ascii("FWS").u8(9).u32le(308).noise(300).toArray();
        return Stream.of(
                Arguments.of(AUDIO, frames(4, "56e040", 64), "audio/x-loas"),
                Arguments.of(AUDIO, join(Bytes.hex("f010a0b0 f8726fbb"), frames(3, "00", 99)), "audio/vnd.dolby.mlp"),
                Arguments.of(AUDIO, frames(40, "d4", 32), "audio/x-gsm"),
                Arguments.of(AUDIO, adx, "audio/x-adx"),
                Arguments.of(VIDEO, gxf, "video/x-gxf"),
                Arguments.of(VIDEO, wtv, "video/x-ms-wtv"),
                Arguments.of(VIDEO, frames(3, "00008002080a", 700), "video/h263"),
                Arguments.of(VIDEO, frames(1, "4242434400 0000001d 00000000", 300), "video/x-dirac"),
                Arguments.of(VIDEO, frames(1, "000002800100", 600), "video/x-dnxhd"),
                Arguments.of(BINARY, flash, "application/x-shockwave-flash"),
                Arguments.of(BINARY, flash("CWS", "789c"), "application/x-shockwave-flash"),
                Arguments.of(BINARY, flash("ZWS", "400100005d"), "application/x-shockwave-flash"),
                Arguments.of(IMAGE, frames(1, "424c5032 01000000 02080800", 400), "image/x-blp"),
                Arguments.of(IMAGE, MadeFiles.tga(2, 32), "image/x-tga"),
                Arguments.of(PDF, utf8(SMALL_PDF), "application/pdf"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void whatHasNoNameIsDetectedByItsBytes(FileKind kind, byte[] bytes, String type) {
        assertThat(answer(kind, "blob", "application/octet-stream", bytes))
                .isInstanceOf(Fits.class)
                .extracting(DetectionResult::mediaType)
                .isEqualTo(type);
        assertThat(answer(BINARY, "", "", bytes).mediaType()).isEqualTo(type);
        assertThat(answer(TEXT, "", "", bytes)).isInstanceOf(Misfit.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%PDF-1.4 is how a document begins.\nAfter that 1 0 obj, and %%EOF at its end.\n",
                "FWS is short for flying without sails, 12345678901234567890\n",
                "CWS\n\nClean water supply, a report\n",
                "ZWS: a space of no width\n",
                "BBCD is no word\n",
                "BLP2 is a texture\n",
                "Vàng và xanh\n",
            })
    void textIsText(String words) {
        assertThat(answer(TEXT, "", "", utf8(words)))
                .isInstanceOf(Fits.class)
                .extracting(DetectionResult::mediaType)
                .isEqualTo("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO, video/mp4, seg.m4s, video/mp4",
        "VIDEO, '', seg.m4s, video/mp4",
        "VIDEO, '', seg.mp4, video/mp4",
        "VIDEO, '', '', video/mp4",
        "AUDIO, audio/mp4, seg.m4s, audio/mp4",
        "AUDIO, '', seg.m4s, audio/mp4",
        "AUDIO, '', '', audio/mp4",
        "AUDIO, video/mp4, seg.m4s, ",
        "AUDIO, video/mp4, seg.mp4, ",
        "VIDEO, audio/mp4, seg.mp4, ",
        "BINARY, video/mp4, seg.m4s, video/mp4",
        "BINARY, audio/mp4, seg.m4s, audio/mp4"
    })
    void aPieceOfAFilmIsWhatItsSenderSays(FileKind kind, String declared, String filename, String type) {
        DetectionResult answer = answer(kind, filename, declared, MadeMedia.segment());
        if (type == null) {
            assertThat(answer).isInstanceOf(Misfit.class);
        } else {
            assertThat(answer)
                    .isInstanceOf(Fits.class)
                    .extracting(DetectionResult::mediaType)
                    .isEqualTo(type);
        }
    }

    @ParameterizedTest
    @CsvSource({"auds, auds, true", "auds, vids, false", "vids, auds, false"})
    void anAviWithoutPicturesIsSound(String first, String second, boolean isSound) {
        byte[] avi = MadeMedia.avi(first, second);
        requireSound(avi, "a.avi", "video/x-msvideo", isSound ? "audio/x-msvideo" : null);
    }

    @ParameterizedTest
    @CsvSource({"06, true", "0a, true", "7f06, true", "04, false", "0604, false", "7f, false", "'', false"})
    void anMxfWithoutPicturesIsSound(String kinds, boolean isSound) {
        byte[] mxf = MadeMedia.mxfOf(Bytes.hex(kinds));
        requireSound(mxf, "a.mxf", "application/mxf", isSound ? "audio/mxf" : null);
    }

    private static void requireSound(byte[] bytes, String filename, String type, String sound) {
        boolean isSound = sound != null;
        assertThat(answer(VIDEO, filename, type, bytes) instanceof Fits).isEqualTo(!isSound);
        assertThat(answer(AUDIO, filename, type, bytes) instanceof Fits).isEqualTo(isSound);
        DetectionResult answer = answer(BINARY, filename, type, bytes);
        assertThat(answer.mediaType()).isEqualTo(isSound ? sound : type);
        assertThat(answer.isAsDeclared()).isTrue();
    }
}
