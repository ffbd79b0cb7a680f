package dev.waybill.connections;

import dev.waybill.platform.tenancy.OrganizationId;

/**
 * Port of the modules that depend on connections, called when one cannot be used any more. A call may be repeated, and
 * may be lost in a crash: opening the connection reports its status again.
 */
public interface ConnectionUsers {

    /** It was deleted for good. */
    void archived(OrganizationId organization, ConnectionId connection);

    /** It is not used until it is set ACTIVE again: on request, or after too many failures. */
    void suspended(OrganizationId organization, ConnectionId connection);
}
