package dev.waybill.local;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stand-in that speaks MongoDB's wire protocol; with a file its data survives restarts of the process. */
public final class LocalMongo implements AutoCloseable {

    private final MongoBackend backend;
    private final Runnable closeData;
    private final int port;
    private @Nullable MongoServer server;

    private LocalMongo(MongoBackend backend, Runnable closeData, int port) {
        this.backend = backend;
        this.closeData = closeData;
        this.server = bind(backend, port);
        this.port = server.getLocalAddress().getPort();
    }

    /**
     * Starts it on the loopback interface.
     *
     * @param file where the data lies; null keeps it in memory
     * @param port 0 for any free one
     */
    public static LocalMongo start(@Nullable Path file, int port) {
        if (file == null) {
            KeptInMemory memory = new KeptInMemory();
            return new LocalMongo(memory, memory::forget, port);
        }
        KeptInFile data = KeptInFile.open(createFolderOf(file));
        return new LocalMongo(data, data::closeFile, port);
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + port + "/waybill";
    }

    public int port() {
        return port;
    }

    /** Goes away like a server that stops: connections break, new ones are refused, the data stays. */
    public void stop() {
        if (server != null) {
            server.shutdownNow();
            server = null;
        }
    }

    /** Comes back on the same port with the same data. */
    public void resume() {
        if (server == null) {
            server = bind(backend, port);
        }
    }

    @Override
    public void close() {
        stop();
        closeData.run();
    }

    private static MongoServer bind(MongoBackend backend, int port) {
        MongoServer server = new MongoServer(backend);
        server.bind(new InetSocketAddress("127.0.0.1", port));
        return server;
    }

    private static Path createFolderOf(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server closes its backend when it shuts down; this one outlives its server. */
    private static final class KeptInMemory extends MemoryBackend {

        @Override
        public void close() {
            // see forget()
        }

        void forget() {
            super.close();
        }

        @Override
        public Document handleCommand(Channel channel, String database, String command, Document query) {
            Document linear = LinearRegex.in(command, query);
            return Answers.corrected(
                    command, query, super.handleCommand(channel, database, Answers.known(command), linear));
        }

        @Override
        public MemoryDatabase openOrCreateDatabase(String name) {
            LocalIndexes made = new LocalIndexes();
            return new MemoryDatabase(name, getCursorRegistry()) {

                @Override
                protected Index<Integer> openOrCreateUniqueIndex(
                        String collection, String index, List<IndexKey> keys, boolean sparse) {
                    return made.unique(
                            collection, super.openOrCreateUniqueIndex(collection, index, keys, sparse), sparse);
                }

                @Override
                protected Index<Integer> openOrCreateSecondaryIndex(
                        String collection, String index, List<IndexKey> keys, boolean sparse) {
                    return made.ordered(collection, index, keys);
                }
            };
        }
    }
}
