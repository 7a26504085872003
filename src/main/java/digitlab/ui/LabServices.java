package digitlab.ui;

import digitlab.account.TeacherAccess;
import digitlab.compare.EngineComparisons;
import digitlab.compare.RunComparison;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.OwnSetStore;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ChallengeStore;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.SpeedGuide;
import digitlab.insight.InsightService;
import digitlab.sweep.SweepService;

/** All that the views may use. Kept in the servlet context under the name of this class. */
public record LabServices(
    ExperimentService experiments,
    Catalogue catalogue,
    ChallengeStore challenges,
    RunComparison comparison,
    EngineComparisons pytorch,
    InsightService insights,
    TeacherAccess access,
    DataLibrary data,
    OwnSetStore ownSets,
    SweepService sweeps,
    SpeedGuide speeds) {}
