package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;

/** Whether agents may submit to a project. */
public enum ProjectStatus implements WireName {
    OPEN,
    CLOSED
}
