package io.foundling.service.doctor;

import io.foundling.service.finding.Finding;
import java.util.List;

/** One part of the examination of a service. */
interface Examination {

    /** Returns one finding at least. */
    List<Finding> findings();
}
