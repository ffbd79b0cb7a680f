package dev.waybill.stories;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a service and MongoDB. It counts commands, and can cut the connection: before a command arrives, or
 * after it was applied and before its answer comes back. The service cannot tell these apart.
 */
final class MongoWire implements AutoCloseable {

    private static final int MESSAGE = 2013;
    private static final int HEADER = 16;

    /** When the connection is cut. */
    enum Cut {
        /** The command arrives and is done; its answer is lost. */
        AFTER_IT_ACTED,
        /** The command never arrives. */
        BEFORE_IT_ACTED
    }

    private final ServerSocket server;
    private final URI mongo;
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final List<String> everywhere = Collections.synchronizedList(new ArrayList<>());
    private @Nullable String cutting;
    private Cut how = Cut.AFTER_IT_ACTED;
    private int skipping;

    private MongoWire(ServerSocket server, URI mongo) {
        this.server = server;
        this.mongo = mongo;
    }

    /** @param mongo a database, as in the setting */
    static MongoWire before(URI mongo) {
        try {
            MongoWire wire = new MongoWire(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), mongo);
            Thread.ofVirtual().start(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return "mongodb://127.0.0.1:" + server.getLocalPort() + mongo.getPath();
    }

    /** What went over it since the last time, such as {@code insert objects}. */
    List<String> takeCommands() {
        synchronized (commands) {
            List<String> taken = List.copyOf(commands);
            commands.clear();
            return taken;
        }
    }

    /** Which of the commands so far name no namespace, and so would go to every shard of a cluster. */
    List<String> takeThoseOfAllNamespaces() {
        synchronized (everywhere) {
            List<String> taken = List.copyOf(everywhere);
            everywhere.clear();
            return taken;
        }
    }

    /**
     * Cuts it once.
     *
     * @param command such as {@code insert objects}
     * @param skip how many of these go through before
     */
    synchronized void cut(String command, Cut where, int skip) {
        cutting = command;
        how = where;
        skipping = skip;
    }

    /** Whether the requested cut has happened. */
    synchronized boolean wasCut() {
        return cutting == null;
    }

    private synchronized @Nullable Cut cutAt(String command) {
        if (!command.equals(cutting) || skipping-- > 0) {
            return null;
        }
        cutting = null;
        return how;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), mongo.getPort());
                Wire wire = new Wire(client, behind);
                Thread.ofVirtual().start(wire::forth);
                Thread.ofVirtual().start(wire::back);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** One connection. */
    private final class Wire {

        private final Socket client;
        private final Socket behind;
        private volatile boolean mute;

        Wire(Socket client, Socket behind) {
            this.client = client;
            this.behind = behind;
        }

        void forth() {
            try (client;
                    behind) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                OutputStream out = behind.getOutputStream();
                while (true) {
                    byte[] message = message(in);
                    String command = command(message);
                    Cut cut = cutAt(command);
                    if (cut == Cut.BEFORE_IT_ACTED) {
                        return;
                    }
                    mute = cut != null;
                    commands.add(command);
                    if (!new String(message, StandardCharsets.ISO_8859_1).contains("namespace_id")) {
                        everywhere.add(command);
                    }
                    out.write(message);
                    out.flush();
                }
            } catch (IOException closed) {
                // either side went
            }
        }

        void back() {
            try (client;
                    behind) {
                InputStream in = behind.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (mute) {
                        return;
                    }
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException closed) {
                // either side went
            }
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte[] length = new byte[4];
        in.readFully(length);
        ByteBuffer whole = ByteBuffer.allocate(number(length, 0)).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(length);
        in.readFully(whole.array(), 4, whole.capacity() - 4);
        return whole.array();
    }

    /** The command's name and its collection: the first element of the document in the message's first section. */
    private static String command(byte[] message) {
        int first = HEADER + 4 + 1 + 4;
        if (number(message, 12) != MESSAGE || message[HEADER + 4] != 0) {
            return "hello";
        }
        int end = first + 1;
        while (message[end] != 0) {
            end++;
        }
        String name = new String(message, first + 1, end - first - 1, StandardCharsets.UTF_8);
        boolean text = message[first] == 2;
        return text
                ? name + " " + new String(message, end + 5, number(message, end + 1) - 1, StandardCharsets.UTF_8)
                : name;
    }

    private static int number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
