package dev.waybill.projects;

import dev.waybill.platform.json.WireName;

/** Whether agents may submit to a project. */
public enum ProjectStatus implements WireName {
    OPEN,
    CLOSED
}
