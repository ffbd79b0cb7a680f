package dev.waybill.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that forwards every byte to another port, until it is frozen (nothing passes
 * any more, connections stay open) or cut (connections are reset, new ones are refused). It can delay answers as well.
 */
public final class Relay implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int BACKLOG = 200;
    private static final Duration RETAKING = Duration.ofSeconds(20);

    /**
     * So many ports are this JVM's, behind the one that it binds as a lock: no other JVM that runs these tests at the
     * same time gets a relay's port while it is cut. They are below the system's ephemeral ports.
     */
    private static final int PORTS = 1_000;

    private static final ServerSocket OWNED = own();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition opened = gate.newCondition();
    private boolean frozen;
    private volatile Duration slowness = Duration.ZERO;
    private volatile @Nullable ServerSocket server;

    private Relay(int target) {
        this.target = target;
        this.port = listen();
    }

    private static ServerSocket own() {
        for (int port = 20_000; port < 32_000; port += PORTS) {
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (IOException another) {
                // has these
            }
        }
        throw new IllegalStateException("all ranges of a thousand ports between 20000 and 32000 are taken");
    }

    /** @param port of a server on the loopback interface */
    public static Relay to(int port) {
        return new Relay(port);
    }

    public int port() {
        return port;
    }

    /** From now on each answer comes so much later. */
    public void delayAnswers(Duration slowness) {
        this.slowness = slowness;
    }

    /** From now on no byte passes, until it is thawed or cut; connections stay open. */
    public void freeze() {
        gate.lock();
        try {
            frozen = true;
        } finally {
            gate.unlock();
        }
    }

    /** Resets connections, and refuses new ones until {@link #resume}. */
    public void cut() {
        ServerSocket listening = server;
        server = null;
        if (listening != null) {
            closeQuietly(listening);
        }
        sockets.forEach(Relay::reset);
        sockets.clear();
        thaw();
    }

    /**
     * Listens again on the same port. A process that was just being started may hold it for a moment, by an inherited
     * handle.
     */
    public void resume() {
        if (server == null) {
            await().atMost(RETAKING).ignoreException(UncheckedIOException.class).until(() -> listen(port) == port);
        }
    }

    @Override
    public void close() {
        cut();
    }

    /** Forwards what was held back, late. */
    public void thaw() {
        gate.lock();
        try {
            frozen = false;
            opened.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private int listen() {
        for (int attempt = 0; ; attempt++) {
            try {
                return listen(OWNED.getLocalPort() + 1 + Math.floorMod(NEXT.getAndIncrement(), PORTS - 1));
            } catch (UncheckedIOException taken) {
                if (attempt == PORTS) {
                    throw taken;
                }
            }
        }
    }

    private int listen(int wanted) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
            server = listening;
            Thread.ofVirtual().name("relay-" + target).start(() -> accept(listening));
            return listening.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(listening, client));
            } catch (IOException e) {
                // closed: that ends the loop
            }
        }
    }

    private void connect(ServerSocket listening, Socket client) {
        sockets.add(client);
        try {
            Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(service);
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            if (listening.isClosed()) {
                reset(client);
                reset(service);
            }
            Thread.ofVirtual().start(() -> pass(client, service, false));
            Thread.ofVirtual().start(() -> pass(service, client, true));
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers) {
                    Thread.sleep(slowness);
                }
                awaitOpen();
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            reset(from);
            reset(to);
        }
        if (from.isOutputShutdown() || from.isClosed()) {
            sockets.remove(from);
            sockets.remove(to);
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void awaitOpen() {
        gate.lock();
        try {
            while (frozen) {
                opened.awaitUninterruptibly();
            }
        } finally {
            gate.unlock();
        }
    }

    /** By RST, without lingering: as the connection of a killed process ends for the other side. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            // it is closed already
        }
    }
}
