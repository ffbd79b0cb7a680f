package dev.waybill.connections;

import dev.waybill.platform.tenancy.OrganizationId;

/**
 * Those who use connections and want to hear what becomes of them. A call may come twice, and after a crash not at all:
 * whoever opens a connection learns of it again.
 */
public interface ConnectionUsers {

    /** It was deleted and does not come back. */
    void archived(OrganizationId organization, ConnectionId connection);

    /** It is not used until somebody says so: on request, or because it failed too often. */
    void suspended(OrganizationId organization, ConnectionId connection);
}
