package dev.waybill.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ports that a local start needs for itself. */
public final class Ports {

    private static final int CONNECT_MILLIS = 300;

    private Ports() {}

    /**
     * Refuses to go on when others hold one of them.
     *
     * @param wanted port by the name of the variable that chooses it
     * @throws LocalStartException naming every port that is taken, and the variable
     */
    public static void requireFree(Map<String, Integer> wanted) {
        List<String> taken = new ArrayList<>();
        wanted.forEach((variable, port) -> {
            if (port != 0 && !isFree(port)) {
                taken.add("Port %d is taken by another program. Stop it, or choose another port: %s=%d"
                        .formatted(port, variable, port + 1));
            }
        });
        if (!taken.isEmpty()) {
            throw new LocalStartException(String.join("\n", taken));
        }
    }

    /** Some systems let two programs bind one port, on different addresses: so it is also tried whether one answers. */
    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
        } catch (IOException e) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
