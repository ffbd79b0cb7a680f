package dev.waybill.platform.events;

import dev.waybill.platform.tenancy.OrganizationId;

/** Whether anybody listens, for rooms that would have to prepare themselves to tell something. */
public interface Audience {

    /** Whether somebody of the organization wants to hear of such events just now; costs one read. */
    boolean wants(OrganizationId organization, String eventType);
}
