package dev.waybill.platform.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes, there is an answer. */
class FormatsPropertyTests {

    private static final List<byte[]> FILES = List.of(
            MadeFiles.PNG,
            MadeFiles.GIF,
            MadeFiles.jpeg(),
            MadeFiles.bmp(),
            MadeFiles.tga(2, 24),
            MadeFiles.ico(),
            MadeFiles.xbm(),
            MadeFiles.pdf(7),
            MadeFiles.xlsx(),
            MadeFiles.withMimetype("application/epub+zip", "a"),
            MadeFiles.ole("Workbook"),
            MadeFiles.oleOf("84100c0000000000c000000000000046", 1, "a"),
            MadeFiles.oleOf("", 300, "WordDocument"),
            MadeFiles.gzip(new byte[100]),
            MadeMedia.asfOf("soun", "vide"),
            MadeMedia.programs(0x0f, 0x06),
            Bytes.utf8("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\n1"),
            Bytes.utf8("PF\n1 1\n-1.0\n1234"),
            Bytes.utf8("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n"),
            Bytes.utf8("YUV4MPEG2 W2 H2\nFRAME\n123456"),
            Bytes.utf8("-12.5e3"),
            Bytes.utf8("~{VPND~}"),
            MadeFiles.exe(),
            MadeFiles.tar(),
            MadeMedia.mp4("isom", "soun", "vide"),
            MadeMedia.mp4WithLargeSize("vide"),
            MadeMedia.fragmented("soun"),
            MadeMedia.ftyp("mif1", "avif"),
            MadeMedia.matroska("webm", 2),
            MadeMedia.ogg("OpusHead"),
            MadeMedia.riff("RF64", "WAVE"),
            MadeMedia.mp3(true),
            MadeMedia.mp3(false),
            MadeMedia.aac(),
            MadeMedia.transportStream(192),
            MadeMedia.dv(),
            MadeMedia.h264(),
            MadeMedia.aiff(),
            Bytes.text("商品,価格\r\n", "windows-31j"),
            Bytes.text("<svg/>", "UTF-16"),
            Bytes.utf8("<?xml version='1.0'?><!DOCTYPE a [<!-- "),
            Bytes.utf8("{\"a\": [1, 2]}"));

    @Example
    void filesThatWereCutAtAnyLengthGetAnAnswer() {
        for (byte[] file : FILES) {
            for (int length = 0; length <= Math.min(64, file.length); length++) {
                byte[] cut = Arrays.copyOf(file, length);
                requireAnswers(FileBytes.of(cut), null);
                requireAnswers(FileBytes.ofHead(cut, length + 1_000_000L), "gzip");
            }
        }
    }

    @Property
    void bytesThatWereChangedGetAnAnswer(
            @ForAll("files") byte[] file,
            @ForAll("changes") List<Integer> changes,
            @ForAll("readers") RangeReader reader) {
        byte[] changed = file.clone();
        for (int change : changes) {
            changed[(change >>> 8) % Math.min(changed.length, 600)] = (byte) change;
        }
        requireAnswers(FileBytes.of(changed), null);
        requireAnswers(FileBytes.of(changed, Long.MAX_VALUE, reader), "gzip");
    }

    @Property
    void anyBytesUnderAnyNameGetAnAnswer(@ForAll byte[] bytes, @ForAll String filename, @ForAll String declared) {
        for (FileKind kind : FileKind.values()) {
            DetectionResult answer = Formats.answer(new DetectionInput(FileBytes.of(bytes), filename, declared, kind));
            assertThat(answer.mediaType()).matches("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+");
        }
        Formats.expected(declared, filename);
    }

    @Property
    void twoFilesInOneGetAnAnswer(@ForAll("files") byte[] first, @ForAll("files") byte[] second) {
        requireAnswers(FileBytes.of(Bytes.join(first, second)), null);
    }

    private static void requireAnswers(FileBytes bytes, String encoding) {
        for (FileKind kind : new FileKind[] {null, FileKind.IMAGE, FileKind.AUDIO, FileKind.EXCEL, FileKind.TEXT}) {
            DetectionResult answer = Formats.answer(new DetectionInput(bytes, "a.bin", null, kind, encoding));
            assertThat(answer.mediaType()).contains("/");
        }
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Arbitraries.of(FILES);
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(12);
    }

    /** What reads well, what reads nothing, what lies, and what breaks. */
    @Provide
    Arbitrary<RangeReader> readers() {
        RangeReader zeros = (from, count) -> new byte[count];
        RangeReader nothing = (from, count) -> new byte[0];
        RangeReader broken = (from, count) -> {
            throw new IOException("broken");
        };
        Arbitrary<RangeReader> noisy = Combinators.combine(
                        Arbitraries.bytes(), Arbitraries.integers().between(1, 5000))
                .as((each, length) -> (from, count) -> {
                    byte[] filled = new byte[length];
                    Arrays.fill(filled, each);
                    return filled;
                });
        return Arbitraries.oneOf(Arbitraries.of(zeros, nothing, broken), noisy);
    }
}
