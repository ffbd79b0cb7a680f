package dev.waybill.connectors.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A server that sends raw responses, headers included, which the JDK's server cannot. */
final class WordyServer implements AutoCloseable {

    private final ServerSocket socket;
    private final UnaryOperator<String> answer;

    private WordyServer(ServerSocket socket, UnaryOperator<String> answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** @param answer to what was read up to an empty line, or up to the first byte that is no text */
    static WordyServer start(UnaryOperator<String> answer) {
        try {
            WordyServer server = new WordyServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), answer);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            StringBuilder head = new StringBuilder();
            int read = connection.getInputStream().read();
            while (read >= ' ' || read == '\r' || read == '\n') {
                head.append((char) read);
                read = head.indexOf("\r\n\r\n") < 0
                        ? connection.getInputStream().read()
                        : -1;
            }
            connection.getOutputStream().write(answer.apply(head.toString()).getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            // Otherwise unread input would discard the response.
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException hungUp) {
            // The client closed the connection.
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
