package dev.waybill.syncs.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.settings.SyncProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResumingStreamTests {

    private static final SourcePath ALL = new SourcePath(ScriptedSource.BUCKET, "", true);

    private final ScriptedSource script = new ScriptedSource();
    private final SourceFile file = script.put("a", new byte[100_000]);

    @Test
    void aStreamThatBreaksOffIsResumedAfterABackoff() throws Exception {
        AdaptiveConcurrency adaptiveConcurrency = concurrency(Duration.ofHours(1));
        CountDownLatch reading = new CountDownLatch(1);
        script.on(Call.READ).once().does(reading::countDown);
        script.on(Call.READ).breaksOff();
        CompletableFuture<Integer> read =
                CompletableFuture.supplyAsync(() -> read(adaptiveConcurrency), Thread::startVirtualThread);
        assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

        adaptiveConcurrency.end();

        assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the run stops");
        assertThat(script.opened()).as("not before the while is over").containsExactly("a");
    }

    @Test
    void itIsResumedThreeTimes() {
        script.on(Call.READ).nth(2).breaksOff();
        assertThat(read(concurrency(Duration.ofMillis(1)))).isEqualTo(100_000);

        script.on(Call.READ).breaksOff();
        assertThatThrownBy(() -> read(concurrency(Duration.ofMillis(1))))
                .hasRootCauseMessage("the script breaks the stream off");
        assertThat(script.opened()).hasSize(2 + 4);
    }

    private int read(AdaptiveConcurrency adaptiveConcurrency) {
        try (Source source = script.open();
                ResumingStream stream =
                        new ResumingStream(source, ALL, file, source.open(ALL, file, 0), adaptiveConcurrency)) {
            byte[] some = new byte[1_000];
            int all = 0;
            for (int count = stream.read(some); count >= 0; count = stream.read(some)) {
                all += count;
            }
            return all;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static AdaptiveConcurrency concurrency(Duration pause) {
        return new AdaptiveConcurrency(
                8, new SyncProperties(1_000, 4, 8, 3, pause, pause, pause, 20, Duration.ofSeconds(20), 4));
    }
}
