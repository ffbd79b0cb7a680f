package dev.waybill.extraction.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.waybill.extraction.CollectingSink;
import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.Sample;
import dev.waybill.platform.storage.LocalDisk;
import dev.waybill.platform.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A file can end the process that reads it, and nothing else. */
class ProcessFileOpenerTests {

    private static final DataSize MEMORY = DataSize.ofMegabytes(64);

    @TempDir
    static Path temporary;

    private static ScratchSpace scratch;
    private static ChildProcesses children;

    private final CollectingSink sink = new CollectingSink();

    @BeforeAll
    static void start() {
        scratch = new ScratchSpace(temporary, new LocalDisk());
        children = new ChildProcesses(scratch, MEMORY);
    }

    @AfterAll
    static void nothingIsLeftBehind() {
        children.destroy();
        scratch.close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aFileThatUsesUpTheMemoryIsNamedAfterTwoTries() throws Exception {
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> open("memory"))
                .withMessage("'memory.txt' cannot be read: the process that reads it ran out of memory (64 MB);"
                        + " it was tried twice")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));

        assertThat(sink.documents)
                .as("what was made before the end is emitted once")
                .hasSize(1);
        assertIsWell();
    }

    @Test
    void aFileThatEndsTheProcessIsNamedAfterTwoTries() throws Exception {
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> open("exit"))
                .withMessage("'exit.txt' cannot be read: the process that reads it ended unexpectedly (exit code 7);"
                        + " it was tried twice");

        assertIsWell();
    }

    @Test
    void aProcessThatIsKilledInTheMiddleIsReplacedAndNothingIsEmittedTwice(@TempDir Path folder) throws Exception {
        AtomicLong first = new AtomicLong();
        ExtractionSink killing = new ExtractionSink() {
            @Override
            public void document(Map<String, Object> fields) {
                sink.document(fields);
                if (fields.containsKey("pid")) {
                    first.set(pid(fields));
                } else if (sink.documents.size() == 2) {
                    ProcessHandle.of(first.get()).orElseThrow().destroyForcibly();
                }
            }

            @Override
            public String store(String name, String contentType, byte[] bytes) {
                return sink.store(name, contentType, bytes);
            }
        };

        opener(Duration.ofSeconds(60))
                .open(
                        HostileExtractor.NAME,
                        Sample.text("end the second time").source(),
                        Map.of("mark", folder.resolve("mark").toString()),
                        killing);

        assertThat(isAlive(first.get())).isFalse();
        assertThat(sink.documents)
                .extracting(document -> document.get("key"))
                .containsExactly(null, "kept/a.bin", "kept/b.bin");
        assertThat(sink.stored.get("a.bin").bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void aReadingThatDoesNotEndIsEnded() throws Exception {
        long start = System.nanoTime();

        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> open("never end", opener(Duration.ofSeconds(5))))
                .withMessage("'never end.txt' cannot be read: it took longer than 5 s")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(isAlive(pid(sink.only()))).isFalse();
        assertIsWell();
    }

    @Test
    void aReadingThatFillsTheDiskIsEnded() {
        ExtractionProperties limits =
                new ExtractionProperties(Duration.ofSeconds(60), DataSize.ofMegabytes(3), 99, 1, MEMORY);

        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> open("write", new ProcessFileOpener(limits, scratch, children)))
                .withMessage("'write.txt' cannot be read: reading it takes more than 3 MB on disk");

        assertThat(isAlive(pid(sink.only()))).isFalse();
    }

    @Test
    void interruptingTheCallerEndsTheReading() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                open("never end");
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        await().until(() -> !sink.documents.isEmpty());

        waiting.interrupt();

        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        await().until(() -> !isAlive(pid(sink.only())));
    }

    @Test
    void exceptionsOfTheSinkArePassedOnAndEndTheReading() throws Exception {
        IllegalArgumentException away = new IllegalArgumentException("storage is away");
        AtomicLong child = new AtomicLong();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> opener(Duration.ofSeconds(60))
                        .open(HostileExtractor.NAME, Sample.text("anything").source(), Map.of(), new ExtractionSink() {
                            @Override
                            public void document(Map<String, Object> fields) {
                                child.set(pid(fields));
                                throw away;
                            }

                            @Override
                            public String store(String name, String contentType, byte[] bytes) {
                                throw away;
                            }
                        }))
                .isSameAs(away);

        assertThat(isAlive(child.get())).isFalse();
        assertIsWell();
    }

    @Test
    void aFailureOfTheReadingAloneLeavesTheProcessWarm() throws Exception {
        long pid = pid();

        for (String harm : List.of("overflow", "huge attachment")) {
            assertThatExceptionOfType(ExtractionException.class)
                    .as(harm)
                    .isThrownBy(() -> open(harm))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));
        }
        open("print");
        open("leave behind");

        assertThat(pid()).isEqualTo(pid);
        assertThat(files()).isEmpty();
    }

    @Test
    void anExtractorThatFailsByItselfIsNotTheFilesFault() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> open("no class"))
                .withMessageContaining("a/parser/of/ours");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> opener(Duration.ofSeconds(60))
                        .open("no_such_extractor", Sample.text("x").source(), Map.of(), sink))
                .withMessageContaining("no_such_extractor");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theProcessSeesNoSecretsAndItsFieldsAreTransferredAsJson() throws Exception {
        open("what is there");

        Map<String, Object> seen = sink.documents.getLast();
        assertThat(System.getenv()).as("something to hide").containsKey("PATH");
        assertThat(((Map<String, ?>) seen.get("environment")).keySet())
                .isSubsetOf(Set.of("LANG", "LC_ALL", "LC_CTYPE"));
        assertThat((String) seen.get("command")).contains("-Xmx65536k").doesNotContain("sk_");
        assertThat(seen.get("halves")).isEqualTo("a?");
        assertThat(seen.get("numbers")).isEqualTo(List.of(1, 12_345_678_901L, 0.25, true, "ü🚚"));
    }

    @Test
    void aProcessThatDiedWhileIdleIsReplaced() throws Exception {
        ProcessHandle idle = ProcessHandle.of(pid()).orElseThrow();
        idle.destroyForcibly();
        await().until(() -> !idle.isAlive());

        assertThat(pid()).isNotEqualTo(idle.pid());
    }

    @Test
    void aProcessEndsWithTheService(@TempDir Path folder) throws Exception {
        Process child = ChildCommand.of(MEMORY, folder).start();

        child.getOutputStream().close();

        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    @Test
    void aFullDiskBeforeTheReadingIsNotTheFilesFault() throws Exception {
        Path full = Files.createFile(temporary.resolve("no-directory"));
        ScratchSpace nowhere = new ScratchSpace(full, new LocalDisk());
        ProcessFileOpener opener = new ProcessFileOpener(
                new ExtractionProperties(Duration.ofSeconds(60), DataSize.ofMegabytes(3), 99, 1, MEMORY),
                nowhere,
                new ChildProcesses(nowhere, MEMORY));

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> open("anything", opener));

        Files.delete(full);
    }

    @Test
    void aDiskThatGetsFullWhileItIsReadIsNotTheFilesFault() throws Exception {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> open("no room"))
                .matches(full -> full.kind() == StorageException.Kind.DISK_FULL);

        assertIsWell();
    }

    private void assertIsWell() throws Exception {
        CollectingSink another = new CollectingSink();
        opener(Duration.ofSeconds(60))
                .open(HostileExtractor.NAME, Sample.text("anything").source(), Map.of(), another);
        assertThat(another.documents.getLast()).containsEntry("type", "text/plain");
        assertThat(files()).isEmpty();
    }

    private long pid() throws Exception {
        CollectingSink collected = new CollectingSink();
        opener(Duration.ofSeconds(60))
                .open(HostileExtractor.NAME, Sample.text("anything").source(), Map.of(), collected);
        return pid(collected.documents.getFirst());
    }

    private void open(String order) throws ExtractionException {
        open(order, opener(Duration.ofSeconds(60)));
    }

    private void open(String order, ProcessFileOpener opener) throws ExtractionException {
        Sample sample = Sample.of(order + ".txt", "text/plain", order.getBytes(UTF_8));
        opener.open(HostileExtractor.NAME, sample.source(), Map.of(), sink);
    }

    private static ProcessFileOpener opener(Duration time) {
        return new ProcessFileOpener(
                new ExtractionProperties(time, DataSize.ofMegabytes(64), 99, 1, MEMORY), scratch, children);
    }

    private static long pid(Map<String, Object> fields) {
        return ((Number) fields.get("pid")).longValue();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(temporary)) {
            return new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(ChildProcess.ERROR_FILE))
                    .toList());
        }
    }
}
