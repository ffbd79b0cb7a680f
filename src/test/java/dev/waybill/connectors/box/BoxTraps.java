package dev.waybill.connectors.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.FakeServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Known pitfalls of Box's API, and how a reader must handle them. */
abstract class BoxTraps {

    static final SourcePath ALL = new SourcePath(FakeBox.ALL_FILES, "", true);

    /** More than any listing of these tests has. */
    private static final int MANY_PAGES = 500;

    final FakeBox box = new FakeBox();

    /** The connector to {@link #box}. */
    abstract Connector connector();

    @AfterEach
    void close() {
        box.close();
    }

    @Test
    void aRepeatedMarkerEndsTheListing() {
        AtomicInteger pages = new AtomicInteger();
        box.first(request -> request.path().endsWith("/items")
                ? Answer.of(
                        200,
                        "{\"entries\": [], \"next_marker\": \"m%d\"}".formatted(pages.getAndIncrement() % 3),
                        "Content-Type",
                        "application/json")
                : null);
        try (Source source = open()) {
            SourceException circle = refusal(() -> keys(source, ALL, 10));
            assertThat(circle.diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
        }
        assertThat(pages).hasValueLessThan(50);
    }

    @Test
    void concurrentChangesLoseNoOtherFiles() {
        List<String> names = IntStream.range(0, 30).mapToObj("f%02d"::formatted).toList();
        names.forEach(name -> box.put(name, name));
        List<String> listed = new ArrayList<>();
        try (Source source = open()) {
            SourcePage first = source.list(ALL, null, 10);
            first.files().forEach(file -> listed.add(file.key()));
            listed.stream().limit(5).forEach(box::trash);
            box.put("new", "new");
            listed.addAll(keysBehind(source, ALL, first.next(), 10));
        }
        assertThat(listed).doesNotHaveDuplicates().containsAll(names);
        assertThat(box.seen())
                .filteredOn(request -> request.path().endsWith("/items"))
                .allSatisfy(request -> assertThat(request.query()).doesNotContainKey("offset"));
    }

    @Test
    void aFileKeepsItsIdWhenItIsRenamedOrMoved() {
        String id = box.put("drafts/cut.mp4", "bytes");
        try (Source source = open()) {
            SourceFile before = only(source, ALL);
            box.move("drafts/cut.mp4", "final/2026/film.mp4");
            SourceFile after = only(source, ALL);
            assertThat(before.id()).isEqualTo(id);
            assertThat(after.id()).isEqualTo(id);
            assertThat(after.version()).isEqualTo(before.version());
            assertThat(after.key()).isEqualTo("final/2026/film.mp4");
            assertThat(read(source, before, 0)).as("as it was listed before").isEqualTo("bytes");
            assertThat(source.find(ALL, "drafts/cut.mp4")).isEmpty();
            assertThat(source.find(ALL, "final/2026/film.mp4")).contains(after);
        }
    }

    @Test
    void throttlingIsReportedAndNotRetried() {
        box.put("a", "a");
        try (Source source = open()) {
            SourceFile file = only(source, ALL);
            AtomicInteger refused = new AtomicInteger();
            box.first(request -> {
                refused.incrementAndGet();
                return FakeBox.error(429, "rate_limit_exceeded", "Request rate limit exceeded", "Retry-After", "7");
            });
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(() -> source.list(ALL, null, 10), () -> source.open(ALL, file, 0))) {
                refused.set(0);
                SourceException throttled = refusal(call);
                assertThat(throttled.diagnosis()).isEqualTo(Diagnosis.THROTTLED);
                assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                assertThat(throttled.passes()).isTrue();
                assertThat(refused).as("requests").hasValue(1);
            }
        }
    }

    @Test
    void aRefreshTokenIsUsedOnceHoweverManyWantTheNextPair() {
        box.put("a", "a");
        Connector connector = connector();
        ConnectorConfig config = connector.read(box.tokens().pair(), "body");
        KeptSecrets stored = new KeptSecrets(config);
        try (Source one = connector.open(config, stored);
                Source other = connector.open(config, stored)) {
            assertThat(keys(one, ALL, 10)).hasSize(1);
            assertThat(stored.now()).isEqualTo(config.secrets());
            box.tokens().expire();
            assertThat(keys(one, ALL, 10)).hasSize(1);
            assertThat(keys(other, ALL, 10)).as("it learns of the other's").hasSize(1);
            assertThat(box.tokens().grants()).containsExactly("refresh_token");
            box.tokens().expire();
            assertThat(keys(other, ALL, 10)).hasSize(1);
            assertThat(keys(one, ALL, 10)).hasSize(1);
        }
        assertThat(box.tokens().grants()).containsExactly("refresh_token", "refresh_token");
        assertThat(stored.now())
                .containsEntry("credentials.client_secret", FakeBoxTokens.CLIENT_SECRET)
                .doesNotContainEntry(
                        "credentials.refresh_token", config.secrets().get("credentials.refresh_token"));
    }

    Source open() {
        Connector connector = connector();
        ConnectorConfig config = connector.read(FakeBoxTokens.clientCredentials(), "body.provider_config");
        return connector.open(config, Renewal.NONE);
    }

    static List<String> keys(Source source, SourcePath path, int max) {
        return keysBehind(source, path, null, max);
    }

    static List<String> keysBehind(Source source, SourcePath path, @Nullable String from, int max) {
        List<String> keys = new ArrayList<>();
        @Nullable String cursor = from;
        int pages = 0;
        do {
            SourcePage page = source.list(path, cursor, max);
            assertThat(page.files()).hasSizeLessThanOrEqualTo(max);
            page.files().forEach(file -> keys.add(file.key()));
            cursor = page.next();
            assertThat(++pages).as("pages").isLessThan(MANY_PAGES);
        } while (cursor != null);
        return keys;
    }

    static SourceFile only(Source source, SourcePath path) {
        List<SourceFile> files = source.list(path, null, 1_000).files();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    static String read(Source source, SourceFile file, long from) {
        try (SourceContent content = source.open(ALL, file, from)) {
            return new String(content.bytes().readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
