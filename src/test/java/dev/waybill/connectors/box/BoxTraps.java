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

/** What Box is known to trip its readers up with, and what a reader does about it. */
abstract class BoxTraps {

    static final SourcePath ALL = new SourcePath(FakeBox.ALL_FILES, "", true);

    /** More than any listing of these tests has. */
    private static final int MANY_PAGES = 500;

    final FakeBox box = new FakeBox();

    /** How {@link #box} is read. */
    abstract Connector connector();

    @AfterEach
    void close() {
        box.close();
    }

    @Test
    void aMarkerThatComesAgainEndsTheListing() {
        AtomicInteger pages = new AtomicInteger();
        box.first(asked -> asked.path().endsWith("/items")
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
    void filesThatComeAndGoMeanwhileCostNoneOfTheOthers() {
        List<String> names = IntStream.range(0, 30).mapToObj("f%02d"::formatted).toList();
        names.forEach(name -> box.put(name, name));
        List<String> told = new ArrayList<>();
        try (Source source = open()) {
            SourcePage first = source.list(ALL, null, 10);
            first.files().forEach(file -> told.add(file.key()));
            told.stream().limit(5).forEach(box::trash);
            box.put("new", "new");
            told.addAll(keysBehind(source, ALL, first.next(), 10));
        }
        assertThat(told).doesNotHaveDuplicates().containsAll(names);
        assertThat(box.seen())
                .filteredOn(asked -> asked.path().endsWith("/items"))
                .allSatisfy(asked -> assertThat(asked.query()).doesNotContainKey("offset"));
    }

    @Test
    void aFileIsTheSameWhateverItIsCalledAndWhereverItLies() {
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
            assertThat(source.look(ALL, "drafts/cut.mp4")).isEmpty();
            assertThat(source.look(ALL, "final/2026/film.mp4")).contains(after);
        }
    }

    @Test
    void whoIsAskedForPatienceIsToldSoAndAsksNoMore() {
        box.put("a", "a");
        try (Source source = open()) {
            SourceFile file = only(source, ALL);
            AtomicInteger refused = new AtomicInteger();
            box.first(asked -> {
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
        KeptSecrets kept = new KeptSecrets(config);
        try (Source one = connector.open(config, kept);
                Source other = connector.open(config, kept)) {
            assertThat(keys(one, ALL, 10)).hasSize(1);
            assertThat(kept.now()).isEqualTo(config.secrets());
            box.tokens().expire();
            assertThat(keys(one, ALL, 10)).hasSize(1);
            assertThat(keys(other, ALL, 10)).as("it learns of the other's").hasSize(1);
            assertThat(box.tokens().grants()).containsExactly("refresh_token");
            box.tokens().expire();
            assertThat(keys(other, ALL, 10)).hasSize(1);
            assertThat(keys(one, ALL, 10)).hasSize(1);
        }
        assertThat(box.tokens().grants()).containsExactly("refresh_token", "refresh_token");
        assertThat(kept.now())
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
