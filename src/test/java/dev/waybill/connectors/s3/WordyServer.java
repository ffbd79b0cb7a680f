package dev.waybill.connectors.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A server that says what it is told to the letter, headers and all, as the JDK's does not. */
final class WordyServer implements AutoCloseable {

    private final ServerSocket socket;
    private final UnaryOperator<String> answer;

    private WordyServer(ServerSocket socket, UnaryOperator<String> answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** @param answer to what was read up to an empty line, or up to what is no text at all */
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
            // Or what was not read would have the answer thrown away.
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
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
