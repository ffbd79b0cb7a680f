package dev.waybill.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis server as a child process; it stores nothing on disk. */
public final class LocalRedis implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    /**
     * The number of databases, for clients that share one server without seeing each other: {@code redis://host:port/0}
     * and upward.
     */
    private static final int INDEXES = 1000;

    private final int port;
    private final @Nullable Path pidFile;
    private @Nullable RedisServer server;

    private LocalRedis(int port, @Nullable Path pidFile, RedisServer server) {
        this.port = port;
        this.pidFile = pidFile;
        this.server = server;
    }

    /**
     * Starts it on the loopback interface.
     *
     * @param port 0 for any free one
     */
    public static LocalRedis start(int port) {
        return start(port, null);
    }

    /**
     * Starts it on the loopback interface, and first stops the one that a killed process left behind.
     *
     * @param port 0 for any free one
     * @param pidFile where Redis writes its process id; null for nowhere
     */
    public static LocalRedis start(int port, @Nullable Path pidFile) {
        if (pidFile != null) {
            stopLeftover(pidFile);
        }
        for (int attempt = 1; ; attempt++) {
            int chosen = port == 0 ? freePort() : port;
            try {
                return new LocalRedis(chosen, pidFile, launch(chosen, pidFile));
            } catch (IOException e) {
                // a free port may be taken by somebody else before Redis gets it
                if (port != 0 || attempt == ATTEMPTS) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Goes away; connections break, everything in it is lost. */
    public void stop() {
        if (server == null) {
            return;
        }
        try {
            server.stop();
            server = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comes back on the same port, empty. */
    public void resume() {
        if (server == null) {
            try {
                server = launch(port, pidFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Another one on the same port, empty; this one must be closed. */
    public LocalRedis restart() {
        return start(port, pidFile);
    }

    @Override
    public void close() {
        stop();
    }

    private static RedisServer launch(int port, @Nullable Path pidFile) throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("databases " + INDEXES)
                .setting("appendonly no");
        if (pidFile != null) {
            builder.setting("pidfile \"" + pidFile.toAbsolutePath() + "\"");
        }
        RedisServer server = builder.build();
        server.start();
        return server;
    }

    private static void stopLeftover(Path pidFile) {
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            ProcessHandle.of(pid).filter(LocalRedis::isRedis).ifPresent(LocalRedis::end);
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            // half-written by a process that was killed: nothing to stop
        }
    }

    /** Process ids are reused by others: only a process that looks like our Redis is ended. */
    private static boolean isRedis(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> Path.of(command).getFileName().toString().startsWith("redis-server"))
                .isPresent();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            process.destroyForcibly();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
