"""The demo province: made-up answers around real offices and dates, worked through the real main job."""
