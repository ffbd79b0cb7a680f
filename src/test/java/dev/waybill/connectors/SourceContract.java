package dev.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link Source}: listings, reads and checks. */
public abstract class SourceContract extends SourceListingContract {

    @Test
    void bytesAreReadAsTheyAre() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(13).nextBytes(bytes);
        put("a", bytes);
        try (SourceContent content = source().open(all(), only(list(all())), 0)) {
            assertThat(content.length()).isEqualTo(bytes.length);
            assertThat(content.bytes().readAllBytes()).isEqualTo(bytes);
            assertThat(content.checksums())
                    .allSatisfy(checksum -> assertThat(checksum).isEqualTo(actual(checksum.algorithm(), bytes)));
        }
    }

    @Test
    void whatIsPackedStaysSo() throws IOException {
        byte[] packed = packed("hello ".repeat(1_000));
        if (!elsewhere().putPacked("a", packed)) {
            return;
        }
        SourceFile file = only(list(all()));
        for (int from : List.of(0, 7)) {
            try (SourceContent content = source().open(all(), file, from)) {
                assertThat(content.contentEncoding()).isEqualTo("gzip");
                assertThat(content.length()).isEqualTo(packed.length - from);
                assertThat(content.bytes().readAllBytes()).isEqualTo(Arrays.copyOfRange(packed, from, packed.length));
                assertThat(content.checksums())
                        .allSatisfy(checksum -> assertThat(checksum).isEqualTo(actual(checksum.algorithm(), packed)));
            }
        }
    }

    @Test
    void readingGoesOnInTheMiddle() throws IOException {
        put("a", "0123456789");
        SourceFile file = only(list(all()));
        for (int from : List.of(0, 1, 5, 9, 10)) {
            try (SourceContent content = source().open(all(), file, from)) {
                assertThat(content.length()).isEqualTo(10L - from);
                assertThat(new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("0123456789".substring(from));
                if (from > 0) {
                    assertThat(content.checksums()).as("of a part").isEmpty();
                }
            }
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        put("a", "");
        SourceFile file = only(list(all()));
        assertThat(file.sizeBytes()).isZero();
        try (SourceContent content = source().open(all(), file, 0)) {
            assertThat(content.length()).isZero();
            assertThat(content.bytes().read()).isEqualTo(-1);
        }
    }

    @Test
    void anotherVersionIsNeverRead() {
        put("a", "first");
        SourceFile listed = only(list(all()));
        put("a", "other");
        if (elsewhere().keepsVersions()) {
            assertThat(read(listed, 0)).isEqualTo("first");
            assertThat(read(listed, 2)).isEqualTo("rst");
            assertThat(read(listed, 5)).isEmpty();
            return;
        }
        assertThat(refusal(() -> source().open(all(), listed, 0)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        assertThat(refusal(() -> source().open(all(), listed, 2)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        assertThat(refusal(() -> source().open(all(), listed, 5)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
    }

    @Test
    void aMissingFileIsReportedAsVanished() {
        put("a", "first");
        SourceFile listed = only(list(all()));
        elsewhere().remove("a");
        assertThat(refusal(() -> source().open(all(), listed, 0)).diagnosis()).isEqualTo(Diagnosis.VANISHED);
        assertThat(source().find(all(), key("a"))).isEmpty();
    }

    @Test
    void metadataIsReturnedInLowerCase() throws IOException {
        String name = elsewhere().metadataName();
        elsewhere().put("a", bytes("a"), Map.of(name, "X100"), Map.of());
        try (SourceContent content = source().open(all(), only(list(all())), 0)) {
            assertThat(content.metadata()).containsEntry(name.toLowerCase(Locale.ROOT), "X100");
        }
    }

    @Test
    void tagsAreReturnedAsTheyAre() {
        if (!elsewhere().hasTags()) {
            put("a", "a");
            assertThat(source().tags(all(), only(list(all())))).isEmpty();
            return;
        }
        elsewhere().put("a", bytes("a"), Map.of(), Map.of("Team", "Blue"));
        put("b", "b");
        List<SourceFile> files = list(all());
        assertThat(source().tags(all(), files.get(0))).isEqualTo(Map.of("Team", "Blue"));
        assertThat(source().tags(all(), files.get(1))).isEmpty();
    }

    @Test
    void aStreamThatIsClosedEarlyBlocksNothing() throws IOException {
        put("a", new byte[5_000_000]);
        SourceFile file = only(list(all()));
        for (int i = 0; i < 20; i++) {
            try (SourceContent content = source().open(all(), file, 0)) {
                assertThat(content.bytes().read()).isZero();
            }
        }
        assertThat(source().find(all(), key("a"))).isPresent();
    }

    @Test
    void whatWorksIsChecked() {
        put("a/b", "hello");
        String key = key("a/b");
        SourceProfile profile = source().check(folder(key.substring(0, key.indexOf('/'))));
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.capabilities().list()).isTrue();
        assertThat(profile.capabilities().read()).isTrue();
        assertThat(profile.checks()).extracting(SourceProfile.Check::name).contains("list");
        assertThat(profile.message()).isNotEmpty();
        SourceProfile account = source().check(null);
        assertThat(account.problem()).as(account.message()).isNull();
    }

    @Test
    void aMissingBucketIsReportedByTheCheckAndThrownOtherwise() {
        SourcePath missing = new SourcePath("no-such-bucket-here", "", true);
        SourceProfile profile = source().check(missing);
        assertThat(profile.problem()).isEqualTo(Diagnosis.BUCKET_NOT_FOUND);
        assertThat(profile.message()).contains("no-such-bucket-here");
        assertThat(refusal(() -> source().list(missing, null, 10)).diagnosis()).isEqualTo(Diagnosis.BUCKET_NOT_FOUND);
    }

    @Test
    void manyMayReadAtOnce() throws Exception {
        List<String> keys = IntStream.range(0, 30).mapToObj("k/%02d"::formatted).toList();
        keys.forEach(key -> put(key, "of " + key));
        Map<String, String> puts = keys.stream().collect(Collectors.toMap(this::key, key -> key));
        List<SourceFile> files = list(all());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reads = new ArrayList<>();
            for (SourceFile file : files) {
                reads.add(executor.submit(() -> assertThat(read(file, 0)).isEqualTo("of " + puts.get(file.key()))));
                reads.add(executor.submit(() -> assertAre(keys(all()), keys)));
            }
            for (Future<?> each : reads) {
                each.get();
            }
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private static Checksum actual(Algorithm algorithm, byte[] bytes) {
        if (algorithm == Algorithm.CRC32C) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            return new Checksum(algorithm, "%08x".formatted(crc.getValue()));
        }
        String name = switch (algorithm) {
            case MD5 -> "MD5";
            case SHA1 -> "SHA-1";
            case SHA256 -> "SHA-256";
            default -> throw new AssertionError("the kit cannot compute " + algorithm);
        };
        try {
            return new Checksum(
                    algorithm,
                    HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
