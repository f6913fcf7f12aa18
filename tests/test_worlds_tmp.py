import time
from django.test import TestCase
from tests.worlds import build
class TestW(TestCase):
    @classmethod
    def setUpTestData(cls):
        t=time.time(); cls.world=build(); print("BUILD", time.time()-t)
    def test_a(self):
        print(self.world.pages)
    def test_b(self):
        print(self.world.card)
