package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;

/** Who submits to an organization's projects, as its key tells. */
public record Agent(AgentId id, OrganizationId organization) {}
