package io.foundling.service.doctor;

import io.foundling.service.finding.Finding;
import java.util.List;

/** One thing that a doctor looks at. */
interface Examination {

    /** Returns one finding at least. */
    List<Finding> findings();
}
