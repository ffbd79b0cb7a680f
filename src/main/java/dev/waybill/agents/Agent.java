package dev.waybill.agents;

import dev.waybill.platform.tenancy.OrganizationId;

/** The authenticated agent of a request: who submits to an organization's projects. */
public record Agent(AgentId id, OrganizationId organization) {}
