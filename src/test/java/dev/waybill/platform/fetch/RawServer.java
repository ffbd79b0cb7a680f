package dev.waybill.platform.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers every connection with what a test writes, well-mannered or not. */
final class RawServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Answer answer;
    private final AtomicInteger connections = new AtomicInteger();

    private RawServer(ServerSocket socket, Answer answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** Writes an answer; the request was read up to its empty line. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    static RawServer start(Answer answer) {
        try {
            RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), answer);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawServer saying(String head) {
        return start(out -> out.write(head.getBytes(StandardCharsets.ISO_8859_1)));
    }

    int connections() {
        return connections.get();
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int read = connection.getInputStream().read();
                if (read < 0) {
                    return;
                }
                request.append((char) read);
            }
            answer.write(connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException hungUp) {
            // The client had enough.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
