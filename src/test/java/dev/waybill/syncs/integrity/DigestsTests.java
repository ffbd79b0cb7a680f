package dev.waybill.syncs.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestsTests {

    private static final byte[] NINE = "123456789".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA256 = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";
    private static final String MD5 = "25f9e794323b453885f5181f1b624d0b";

    /** The check values of the catalogues: RFC 1321, FIPS 180, and the catalogue of parametrised CRCs. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "MD5, " + MD5,
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, " + SHA256
    })
    void theStrongestChecksumOfTheSourceIsCompared(Algorithm algorithm, String value) {
        assertThat(digested(List.of(new Checksum(algorithm, value)), 9))
                .isEqualTo(new Digests.Digested(9, SHA256, MD5, algorithm.name().toLowerCase(), true));
        String other = (value.charAt(0) == '0' ? '1' : '0') + value.substring(1);
        assertThat(digested(List.of(new Checksum(algorithm, other)), 9).isMatch())
                .isFalse();
        assertThat(digested(List.of(new Checksum(Algorithm.CRC32, "cbf43926"), new Checksum(algorithm, other)), 9)
                        .method())
                .isIn(algorithm.name().toLowerCase(), "crc32");
    }

    @Test
    void aWeakOneThatFitsDoesNotMakeUpForAStrongOneThatDoesNot() {
        List<Checksum> reported = List.of(
                new Checksum(Algorithm.CRC64NVME, "ae8b14860a799888"),
                new Checksum(Algorithm.SHA1, "0000000000000000000000000000000000000000"),
                new Checksum(Algorithm.CRC32, "cbf43926"));
        assertThat(digested(reported, 9)).satisfies(digested -> {
            assertThat(digested.method()).isEqualTo("sha1");
            assertThat(digested.isMatch()).isFalse();
        });
    }

    @Test
    void withoutAChecksumTheLengthIsCompared() {
        assertThat(digested(List.of(), 9)).isEqualTo(new Digests.Digested(9, SHA256, MD5, "length", true));
        assertThat(digested(List.of(), 10).isMatch()).isFalse();
        assertThat(digested(List.of(new Checksum(Algorithm.MD5, MD5)), 8)).satisfies(digested -> {
            assertThat(digested.method()).isEqualTo("length");
            assertThat(digested.isMatch()).isFalse();
        });
    }

    @Test
    void aStreamThatGoesOnWhereAnotherBrokeOffCounts() throws IOException {
        Digests digests = new Digests(List.of(new Checksum(Algorithm.CRC64NVME, "ae8b14860a799888")));
        InputStream first = digests.through(new ByteArrayInputStream(NINE, 0, 4));
        assertThat(first.read()).isEqualTo('1');
        assertThat(first.skip(2)).isEqualTo(2);
        assertThat(first.readAllBytes()).hasSize(1);
        digests.through(new ByteArrayInputStream(NINE, 4, 5)).readAllBytes();
        assertThat(digests.finish(9)).isEqualTo(new Digests.Digested(9, SHA256, MD5, "crc64nvme", true));
    }

    /** The test cases of the NVM command set's specification for its 64 bit guard, of 4096 bytes each. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 6482d367eb22b64e",
        "255, 0, c0ddba7302eca3ac",
        "0, 1, 3e729f5f6750449c",
        "255, -1, 9a2df64b8e9e517e"
    })
    void theCrcOfNvmeIsThatOfItsSpecification(int first, int step, String crc) {
        byte[] block = new byte[4096];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (first + i * step);
        }
        Crc64Nvme sum = new Crc64Nvme();
        sum.update(block, 0, block.length);
        assertThat(Long.toHexString(sum.getValue())).isEqualTo(crc);
    }

    private static Digests.Digested digested(List<Checksum> reported, long expected) {
        Digests digests = new Digests(reported);
        digests.update(NINE, 0, NINE.length);
        return digests.finish(expected);
    }
}
