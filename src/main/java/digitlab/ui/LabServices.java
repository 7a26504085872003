package digitlab.ui;

import digitlab.account.TeacherAccess;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.OwnSetStore;
import digitlab.experiment.ExperimentService;

/** All that the views may use. Kept in the servlet context under the name of this class. */
public record LabServices(
    ExperimentService experiments, TeacherAccess access, DataLibrary data, OwnSetStore ownSets) {}
