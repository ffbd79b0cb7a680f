package dev.waybill.connectors;

import dev.waybill.platform.fetch.GuardedEndpoints;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Maps network and TLS failures of a connection to a {@link SourceException}. */
public final class ConnectFailures {

    private ConnectFailures() {}

    /**
     * Maps a failure.
     *
     * @param endpoint the server's address, for the message
     * @return empty when it is no failure of the connection
     */
    public static Optional<SourceException> of(Throwable failure, String endpoint) {
        if (GuardedEndpoints.isForbidden(failure)) {
            return Optional.of(new SourceException(
                    Diagnosis.NETWORK,
                    ("%s leads to an address that may not be dialled; name an endpoint on the public internet by https, or "
                                    + "have the operator allow this one")
                            .formatted(endpoint),
                    false,
                    null,
                    failure));
        }
        if (isCausedBy(failure, UnknownHostException.class)) {
            return Optional.of(new SourceException(
                    Diagnosis.NETWORK,
                    "%s cannot be found; correct the endpoint or region".formatted(endpoint),
                    true,
                    null,
                    failure));
        }
        if (isCausedBy(failure, SSLException.class) && !isCausedBy(failure, SocketException.class)) {
            return Optional.of(new SourceException(
                    Diagnosis.TLS,
                    "%s cannot prove over TLS who it is; mend its certificate, or correct the endpoint"
                            .formatted(endpoint),
                    false,
                    null,
                    failure));
        }
        return isCausedBy(failure, IOException.class) ? Optional.of(late(failure, endpoint)) : Optional.empty();
    }

    /** A time-out or a broken connection. */
    public static SourceException late(Throwable failure, String endpoint) {
        return new SourceException(
                Diagnosis.NETWORK,
                "%s does not answer, or breaks off; see whether it is up".formatted(endpoint),
                true,
                null,
                failure);
    }

    /** Whether an immediate retry may help. */
    public static boolean mayPass(Throwable failure) {
        return isCausedBy(failure, IOException.class)
                && !isCausedBy(failure, UnknownHostException.class)
                && !isCausedBy(failure, SSLException.class)
                && !isCausedBy(failure, InterruptedIOException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
