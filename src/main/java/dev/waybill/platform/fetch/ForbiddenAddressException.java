package dev.waybill.platform.fetch;

import java.net.UnknownHostException;

/** A host leads to an address that callers may not have the service connect to. */
final class ForbiddenAddressException extends UnknownHostException {

    ForbiddenAddressException(String host) {
        super(host);
    }
}
