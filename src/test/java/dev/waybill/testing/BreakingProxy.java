package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy before an S3 server that forwards requests without a body and breaks responses as a test says. Each
 * response closes its connection. Thread-safe.
 */
public final class BreakingProxy implements AutoCloseable {

    private static final String SLOW_DOWN =
            "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";

    /** A fault in one response. */
    public enum Fault {
        /** Its body ends in the middle. */
        SHORT,
        /** The connection is reset in the middle. */
        RESET,
        /** The proxy answers 503 itself. */
        SLOW_DOWN,
        /** The previous listing is sent again. */
        REPEATED
    }

    /** Chooses the fault of each response. */
    public interface Plan {

        /**
         * @param target the request's path and query
         * @param number of the request, from 1
         * @return null for none
         */
        @Nullable
        Fault of(String target, int number);
    }

    private final URI server;
    private final ServerSocket socket;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Plan plan = (target, number) -> null;
    private volatile byte[] listing = new byte[0];

    private BreakingProxy(URI server, ServerSocket socket) {
        this.server = server;
        this.socket = socket;
        Thread.ofVirtual().name("breaking-proxy").start(this::accept);
    }

    public static BreakingProxy to(String endpoint) {
        try {
            return new BreakingProxy(URI.create(endpoint), new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Applies from now on. */
    public void spoils(Plan next) {
        plan = next;
    }

    public static boolean isListing(String target) {
        return target.contains("list-type=2");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String target = head.split(" ", 3)[1];
            Fault fault = plan.of(target, requests.incrementAndGet());
            byte[] answer = fault == Fault.SLOW_DOWN
                    ? slowDown()
                    : fault == Fault.REPEATED ? listing : passedOn(head, isListing(target));
            boolean whole = fault != Fault.SHORT && fault != Fault.RESET;
            client.getOutputStream().write(whole ? answer : Arrays.copyOf(answer, middle(answer)));
            client.getOutputStream().flush();
            if (fault == Fault.RESET) {
                client.setSoLinger(true, 0);
            }
        } catch (IOException gone) {
            // The client has closed its connection.
        }
    }

    private byte[] passedOn(String head, boolean isListing) throws IOException {
        try (Socket to = new Socket(server.getHost(), server.getPort())) {
            String once =
                    head.replaceAll("(?im)^connection:.*\r\n", "").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            to.getOutputStream().write(once.getBytes(ISO_8859_1));
            byte[] answer = to.getInputStream().readAllBytes();
            if (isListing) {
                listing = answer;
            }
            return answer;
        }
    }

    private static byte[] slowDown() {
        return "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(SLOW_DOWN.length(), SLOW_DOWN)
                .getBytes(US_ASCII);
    }

    /** In the middle of its body. */
    private static int middle(byte[] answer) {
        int head = new String(answer, ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return head + (answer.length - head) / 2;
    }

    /** The request line and headers with the blank line; empty when there is no request. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }
}
