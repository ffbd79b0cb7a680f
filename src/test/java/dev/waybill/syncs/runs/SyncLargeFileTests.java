package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.testing.Lie;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file too large for a single PUT. Its bytes are generated, and counted instead of stored. */
@Tag("soak")
@Order(4)
class SyncLargeFileTests extends SyncBench {

    /** One more than 5 GiB. */
    private static final long SIZE = ObjectStorage.MAX_PUT_BYTES + 1;

    /** {@code head -c 5368709121 /dev/zero | sha256sum}, and md5sum. */
    private static final String SHA256 = "edcddf01fc829bf06be2b5393a9793cdd43598a0fd483c57f41a9b58183f6e33";

    private static final String MD5 = "554157458fc3c9573486e4add4a8fd50";

    @Test
    void aFileOfMoreThanFiveGibibytesArrivesAsItIs() throws InterruptedException {
        put("huge.bin", Draft.of(Content.zeros(SIZE)));
        List<Long> stored = new ArrayList<>();
        ObjectStorage counting = Lie.of(ObjectStorage.class, "keeps the name only", "put", call -> {
                    stored.add(zeros(call.argument(1)));
                    assertThat(call.<Long>argument(2)).isEqualTo(SIZE);
                    return call.with(1, InputStream.nullInputStream())
                            .with(2, 0L)
                            .proceed();
                })
                .over(SERVICE.bean(ObjectStorage.class));
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome outcome = HandWorker.of(SERVICE).with(counting).task().run(hand(sync, id));

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(stored).containsExactly(SIZE);
        LedgerEntity row = row("huge.bin");
        assertThat(row.settled().sha256()).isEqualTo(SHA256);
        assertThat(row.settled().integrity()).isEqualTo(new LedgerEntity.Integrity("length", true));
        Document blob = object(row.objectId()).getList("blobs", Document.class).getFirst();
        assertThat(blob.get("size_bytes", Number.class).longValue()).isEqualTo(SIZE);
        assertThat(blob.getString("sha256")).isEqualTo(SHA256);
        assertThat(blob.getString("md5")).isEqualTo(MD5);
        assertThat(ended(sync, id).effort().bytesRead()).isEqualTo(SIZE);
        assertTotals(1, 1, 0, SIZE);
    }

    /** Counts the bytes, each of them a zero. */
    private static long zeros(InputStream bytes) throws IOException {
        byte[] some = new byte[1 << 20];
        byte[] zeros = new byte[some.length];
        long count = 0;
        for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
            assertThat(Arrays.equals(some, 0, read, zeros, 0, read)).isTrue();
            count += read;
        }
        return count;
    }
}
