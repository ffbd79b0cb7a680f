package dev.waybill.local;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A stand-in that speaks MongoDB's wire protocol; with a file it keeps its data over restarts. */
public final class LocalMongo implements AutoCloseable {

    private final MongoServer server;
    private final InetSocketAddress address;

    private LocalMongo(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts it on the loopback interface.
     *
     * @param file where the data lies; null keeps it in memory
     * @param port 0 for any free one
     */
    public static LocalMongo start(@Nullable Path file, int port) {
        MongoServer server = new MongoServer(file == null ? new MemoryBackend() : new H2Backend(file.toString()));
        server.bind(new InetSocketAddress("127.0.0.1", port));
        return new LocalMongo(server, server.getLocalAddress());
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + address.getPort() + "/waybill";
    }

    public int port() {
        return address.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
