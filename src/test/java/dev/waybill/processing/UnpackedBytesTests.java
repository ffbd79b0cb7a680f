package dev.waybill.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.MadeFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnpackedBytesTests {

    private static final byte[] PLAIN = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PACKED = MadeFiles.gzip(PLAIN);

    @Test
    void packedContentIsUnpackedAndArchivesAreLeft() throws IOException {
        assertThat(read(PACKED, "application/json")).isEqualTo(PLAIN);
        assertThat(read(PLAIN, "application/json")).isEqualTo(PLAIN);
        assertThat(read(PACKED, "application/gzip")).isEqualTo(PACKED);
        assertThat(read(PACKED, "application/octet-stream")).isEqualTo(PACKED);
        assertThat(read(new byte[0], "text/plain")).isEmpty();
        assertThat(read(new byte[] {0x1F}, "text/plain")).containsExactly(0x1F);
    }

    private static byte[] read(byte[] stored, String mediaType) throws IOException {
        try (InputStream in = new UnpackedBytes(() -> new ByteArrayInputStream(stored), mediaType).getInputStream()) {
            return in.readAllBytes();
        }
    }
}
