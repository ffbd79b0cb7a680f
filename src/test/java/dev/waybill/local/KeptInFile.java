package dev.waybill.local;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A backend of the stand-in that stores data in a file, durably before a write is acknowledged. By default the store
 * commits about once a second, and a killed process would lose acknowledged writes.
 */
final class KeptInFile extends H2Backend {

    private static final Set<String> WRITES = Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "createindexes",
            "dropindexes",
            "drop",
            "dropdatabase",
            "create",
            "renamecollection");

    private static final int READERS_TIME = 10_000;

    private KeptInFile(MVStore store) {
        super(store);
        // Old versions are kept for 45 seconds otherwise; with a commit for every write, that is much. Scans
        // still read the version that they began with.
        store.setRetentionTime(READERS_TIME);
        store.setVersionsToKeep(0);
    }

    static KeptInFile open(Path file) {
        try {
            return new KeptInFile(
                    new MVStore.Builder().fileName(file.toString()).open());
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw inUse(file);
            }
            throw e;
        }
    }

    /** Tries the lock that the store itself takes, and releases it. */
    static void requireUnlocked(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse(file);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalStartException inUse(Path file) {
        return new LocalStartException("Another Waybill uses the data in "
                + file.toAbsolutePath().normalize().getParent()
                + " just now.\nStop it, or choose another folder: WAYBILL_DATA_DIR=<folder>");
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        Document linear = LinearRegex.in(command, query);
        Document answer = Answers.corrected(
                command, query, super.handleCommand(channel, database, Answers.known(command), linear));
        if (WRITES.contains(command.toLowerCase(Locale.ROOT))) {
            commit();
        }
        return answer;
    }

    @Override
    public void close() {
        // the server closes its backend when it stops; this one may be served again
    }

    void closeFile() {
        super.close();
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        LocalIndexes made = new LocalIndexes();
        return new H2Database(name, getMvStore(), getCursorRegistry()) {

            @Override
            protected Index<Object> openOrCreateUniqueIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                return made.unique(collection, super.openOrCreateUniqueIndex(collection, index, keys, sparse), sparse);
            }

            @Override
            protected Index<Object> openOrCreateSecondaryIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                return made.ordered(collection, index, keys);
            }
        };
    }
}
