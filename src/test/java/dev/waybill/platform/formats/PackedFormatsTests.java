package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.BINARY;
import static dev.waybill.platform.formats.FileKind.IMAGE;
import static dev.waybill.platform.formats.FileKind.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Fits;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.DeflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are sent packed, as their Content-Encoding says: what is in them is what they are. */
class PackedFormatsTests {

    private static final byte[] NOISE = new Bytes().noise(1500).toArray();

    @Test
    void packedBytesAreWhatIsInThem() {
        byte[] packed = MadeFiles.gzip(utf8("{\"a\": 1}"));

        DetectionResult json = packed(packed, "a.json", "application/json", JSON);
        DetectionResult archive = packed(packed, "a.json.gz", "application/gzip", BINARY);
        DetectionResult untrue = packed(utf8("{}"), "a.json", "application/json", JSON);

        assertThat(json).isInstanceOf(Fits.class);
        assertThat(json.mediaType()).isEqualTo("application/json");
        assertThat(json.evidence().contentEncoding()).isEqualTo("gzip");
        assertThat(json.evidence().charset()).isEqualTo("UTF-8");
        assertThat(archive.mediaType()).isEqualTo("application/gzip");
        assertThat(archive.evidence().contentEncoding()).isEqualTo("gzip");
        assertThat(untrue.evidence().contentEncoding()).isNull();
        assertThat(packed(packed, "a.json", "application/json", IMAGE)).isInstanceOf(Misfit.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "gzip, identity", "identity,gzip", "GZIP", "aws-chunked,gzip"})
    void packedIsPackedHoweverItIsSaid(String said) {
        DetectionResult answer = packed(MadeFiles.gzip(utf8("{\"a\": 1}")), said, JSON);
        assertThat(answer).isInstanceOf(Fits.class);
        assertThat(answer.evidence().contentEncoding()).isEqualTo("gzip");
    }

    @ParameterizedTest
    @CsvSource({"br, br", "'gzip, br', 'gzip, br'", "zstd, zstd"})
    void unknownEncodingsAreKeptOrRefused(String said, String kept) {
        DetectionResult any = packed(NOISE, said, BINARY);
        DetectionResult json = packed(NOISE, said, JSON);
        assertThat(any).isInstanceOf(Fits.class);
        assertThat(any.evidence().contentEncoding()).isEqualTo(kept);
        assertThat(((Misfit) json).message()).endsWith("got bytes packed with " + kept);
        assertThat(((Misfit) json).reason())
                .contains("'" + kept + "'")
                .contains("send it unpacked")
                .contains("gzip and deflate")
                .contains("JSON");
        assertThat(packed(MadeFiles.PNG, said, IMAGE).mediaType()).isEqualTo("image/png");
    }

    @Test
    void deflateIsReadToo() throws IOException {
        byte[] packed = new DeflaterInputStream(new ByteArrayInputStream(utf8("{\"a\": 1}"))).readAllBytes();
        DetectionResult once = packed(packed, "deflate", JSON);
        DetectionResult twice = packed(MadeFiles.gzip(packed), "deflate, identity, x-gzip", JSON);

        assertThat(once.mediaType()).isEqualTo("application/json");
        assertThat(once.evidence().contentEncoding()).isEqualTo("deflate");
        assertThat(twice.mediaType()).isEqualTo("application/json");
        assertThat(twice.evidence().contentEncoding()).isEqualTo("deflate, gzip");
        assertThat(packed(utf8("{}"), "deflate", JSON).evidence().contentEncoding())
                .isNull();
    }

    private static DetectionResult packed(byte[] bytes, String filename, String declared, FileKind kind) {
        return Formats.answer(new DetectionInput(FileBytes.of(bytes), filename, declared, kind, "GZIP"));
    }

    private static DetectionResult packed(byte[] bytes, String said, FileKind kind) {
        return Formats.answer(new DetectionInput(FileBytes.of(bytes), "a", "", kind, said));
    }
}
