package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.AUDIO;
import static dev.waybill.platform.formats.FileKind.DOCUMENT;
import static dev.waybill.platform.formats.FileKind.EXCEL;
import static dev.waybill.platform.formats.FileKind.VIDEO;
import static dev.waybill.platform.formats.FormatCase.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How far into a file the detection reads: the first bytes show most, and what stands at the end is read there. */
class FormatReachTests {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @Test
    void whoCanReadFurtherKnowsMore() {
        byte[] sound = MadeMedia.mp4IndexedLast("soun");
        byte[] film = MadeMedia.mp4IndexedLast("soun", "vide");
        byte[] sheet =
                MadeFiles.zip(new Bytes().noise(20_000).toArray(), "a", "xl/workbook.xml", "[Content_Types].xml");

        assertThat(whole(VIDEO, "a.mp4", sound)).isInstanceOf(Misfit.class);
        assertThat(whole(AUDIO, "a.mp4", sound).mediaType()).isEqualTo("audio/mp4");
        assertThat(whole(AUDIO, "a.mp4", film)).isInstanceOf(Misfit.class);
        assertThat(whole(EXCEL, "blob", sheet).mediaType()).isEqualTo(XLSX);
        assertThat(answer(VIDEO, "a.mp4", "video/mp4", film).mediaType()).isEqualTo("video/mp4");
        assertThat(answer(AUDIO, "a.mp4", "audio/mp4", sound).mediaType()).isEqualTo("audio/mp4");
    }

    @Test
    void anArchiveIsWalkedToItsEndHoweverLargeItsEntriesAre() {
        byte[] noise = new Bytes().noise(20_000).toArray();
        byte[] words = MadeFiles.storedZip(
                noise, "a", "b", "c", "d", "e", "f", "g", "h", "word/document.xml", "[Content_Types].xml");
        String[] many = IntStream.range(0, 600).mapToObj("%d.txt"::formatted).toArray(String[]::new);
        String[] late = Stream.concat(Arrays.stream(many), Stream.of("xl/workbook.xml", "[Content_Types].xml"))
                .toArray(String[]::new);

        assertThat(whole(DOCUMENT, "blob", words).mediaType()).contains("wordprocessingml");
        assertThat(whole(EXCEL, "blob", words)).isInstanceOf(Misfit.class);
        assertThat(whole(EXCEL, "a.xlsx", MadeFiles.zip(many))).isInstanceOf(Misfit.class);
        assertThat(whole(EXCEL, "blob", MadeFiles.zip(late)).mediaType()).isEqualTo(XLSX);
    }

    private static DetectionResult whole(FileKind kind, String filename, byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, MediaTypes.HEAD_BYTES);
        FileBytes read = FileBytes.of(
                head, bytes.length, (from, count) -> Arrays.copyOfRange(bytes, (int) from, (int) from + count));
        return Formats.answer(new DetectionInput(read, filename, "", kind));
    }

    /** Each byte behind the first ones is a request to storage. */
    @Test
    void whatUsualFilesAreIsSeenInTheirFirstBytes() {
        byte[] noise = new Bytes().noise(30_000).toArray();
        List<byte[]> usual = List.of(
                MadeFiles.PNG,
                MadeFiles.jpeg(),
                MadeFiles.pdf(0),
                MadeMedia.mp4("isom", "vide", "soun"),
                MadeMedia.quickTimeWithoutBrand("vide", "soun"),
                MadeMedia.matroska("webm", 1, 2),
                MadeMedia.mp3(true),
                MadeMedia.flac(),
                MadeMedia.riff("RIFF", "WAVE"),
                MadeMedia.transportStream(188),
                MadeFiles.zip(noise, "[Content_Types].xml", "_rels/.rels", "word/document.xml"),
                MadeFiles.zip(noise, "photo.jpg"),
                MadeFiles.gzip(noise),
                utf8("a,b\n1,2\n".repeat(2_000)),
                utf8("{\"a\": 1}\n".repeat(2_000)));
        for (byte[] file : usual) {
            byte[] whole = file.length > MediaTypes.HEAD_BYTES ? file : Bytes.join(file, noise);
            byte[] head = Arrays.copyOf(whole, MediaTypes.HEAD_BYTES);
            List<Long> reads = new ArrayList<>();
            FileBytes bytes = FileBytes.of(head, whole.length, (from, count) -> {
                reads.add(from);
                return Arrays.copyOfRange(whole, (int) from, (int) from + count);
            });
            String mediaType =
                    Formats.answer(new DetectionInput(bytes, "blob", "", null)).mediaType();
            // What lies in an archive is listed at its end.
            boolean isArchive = head[0] == 'P' && head[1] == 'K';
            assertThat(reads).as(mediaType).hasSize(isArchive ? 1 : 0);
        }
    }
}
