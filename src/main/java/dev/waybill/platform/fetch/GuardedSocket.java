package dev.waybill.platform.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that checks its address against the guard right before it connects, and again once it has. It knows no
 * proxies.
 */
final class GuardedSocket extends Socket {

    private final AddressGuard guard;

    GuardedSocket(AddressGuard guard) {
        super(Proxy.NO_PROXY);
        this.guard = guard;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress target) || target.isUnresolved()) {
            throw new ForbiddenAddressException(String.valueOf(endpoint));
        }
        if (!guard.permits(target.getHostString(), target.getAddress())) {
            throw new ForbiddenAddressException(target.getHostString());
        }
        super.connect(endpoint, timeout);
        if (!guard.permits(target.getHostString(), getInetAddress())) {
            close();
            throw new ForbiddenAddressException(target.getHostString());
        }
    }
}
