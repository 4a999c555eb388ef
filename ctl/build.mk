CTL_LIBS += -lm

UNIT_LAYERS_test_doctor = ctl
UNIT_LAYERS_test_explain = ctl
